extension SignatureLayout {
    init(_ parameters: inout SchemeParameters) throws(SettingProblem) {
        let separator = parameters.take("items")
        let pair = parameters.take("pair")
        let tag = parameters.take("tag")
        let timestampTag = parameters.take("timestamp-tag")
        let idTag = parameters.take("id-tag")
        let index = try Self.index(&parameters)
        let spaces: Spaces? = try parameters.choose("spaces")
        let prefix = parameters.take("prefix") ?? ""
        self.init(
            prefix: Array(prefix.utf8), separator: separator.map { Array($0.utf8) }, pair: pair.map { Array($0.utf8) },
            tag: Array((tag ?? "").utf8), timestampTag: timestampTag.map { Array($0.utf8) }, timestampIndex: index,
            idTag: idTag.map { Array($0.utf8) }, allowsSpaces: spaces == .allowed)
        func lacks(_ missing: String, _ given: String, _ example: String) -> SettingProblem {
            parameters.problem(
                .missingParameter, "has \(given)= without \(missing)=", remedy: "add \(missing)=\(example)")
        }
        if pair != nil, separator == nil { throw lacks("items", "pair", ",") }
        if spaces != nil, separator == nil { throw lacks("items", "spaces", ",") }
        if index != nil, separator == nil { throw lacks("items", "timestamp-index", ",") }
        if tag != nil, pair == nil { throw lacks("pair", "tag", "=") }
        if timestampTag != nil, pair == nil { throw lacks("pair", "timestamp-tag", "=") }
        if idTag != nil, pair == nil { throw lacks("pair", "id-tag", "=") }
        if pair != nil, tag == nil { throw lacks("tag", "pair", "v1") }
        if index != nil, pair != nil {
            throw parameters.problem(
                .contradiction, "has timestamp-index= beside pair=",
                remedy: "where items have tags, use timestamp-tag=")
        }
        if let tag, tag == timestampTag {
            throw parameters.problem(
                .contradiction, "has the same tag= and timestamp-tag=", remedy: "give each the tag that the sender uses"
            )
        }
        if let idTag, idTag == tag || idTag == timestampTag {
            throw parameters.problem(
                .contradiction, "has the same id-tag= and \(idTag == tag ? "tag" : "timestamp-tag")=",
                remedy: "give each the tag that the sender uses")
        }
    }

    private enum Spaces: String, CaseIterable { case allowed }

    private static func index(_ parameters: inout SchemeParameters) throws(SettingProblem) -> Int? {
        guard let text = parameters.take("timestamp-index") else { return nil }
        guard let index = ASCIIDigits.value(text.utf8), index < Int64(maximumItems) else {
            throw parameters.problem(
                .badValue, "has timestamp-index= that is no number below \(maximumItems)",
                remedy: "write timestamp-index=0 for the first item")
        }
        return Int(index)
    }
}

extension SignedTimestamp {
    /// nil if no parameter speaks of a timestamp.
    init?(_ parameters: inout SchemeParameters, isItem: Bool) throws(SettingProblem) {
        var places: [SignaturePlace] = []
        if let header = try parameters.headerName("timestamp-header") { places.append(.header(header)) }
        if let query = parameters.take("timestamp-query") { places.append(.query(query)) }
        if let field = parameters.take("timestamp-form") { places.append(.form(field)) }
        if let pointer = try parameters.pointer("timestamp-json") { places.append(.json(pointer)) }
        let unit: Unit? = try parameters.choose("timestamp-unit")
        guard places.count + (isItem ? 1 : 0) <= 1 else {
            throw parameters.problem(
                .contradiction, "has more than one of timestamp-header=, timestamp-tag= and their like",
                remedy: "the timestamp stands in one place: leave one of them")
        }
        guard !places.isEmpty || isItem else {
            guard unit == nil else {
                throw parameters.problem(
                    .missingParameter, "has timestamp-unit= without a timestamp",
                    remedy: "add timestamp-header=X-Timestamp")
            }
            return nil
        }
        self.init(place: places.first, unit: unit ?? .seconds)
    }
}
