import Cryptography

/// An HMAC over parts of the request, as data. Most senders sign so. In `POSTERN_VERIFY` and in the catalogue it is
/// the word `hmac-sha1`, `hmac-sha256`, `hmac-sha384` or `hmac-sha512` and these parameters:
///
///     header=NAME            the header that carries the signature; or query=NAME, a parameter of the query string
///     prefix=TEXT            what stands before it
///     encoding=hex           or hex-upper, base64, base64url
///     signed={body}          the signed bytes: literal text and the words {body}, {timestamp}, {id}, {url}, {method},
///                            {path}, {query}, {header:NAME}
///     timestamp-header=NAME  the header that holds the timestamp; timestamp-unit=s or ms
///     id-header=NAME         the header that {id} stands for
///     items=TEXT             what stands between several signatures; without it there is one
///     pair=TEXT, tag=TEXT    what stands between an item's tag and its value, and the tag of a signature
///     timestamp-tag=TEXT     the tag of the timestamp, if it is one of the items
///     key=utf8               or base64, hex: how the secret becomes the key
///     key-prefix=TEXT        taken off the secret first, if it is there
///     body=unsigned          says expressly that {body} is not in signed=
struct HMACScheme: Sendable, Equatable {
    let algorithm: DigestAlgorithm
    let carrier: Carrier
    let layout: SignatureLayout
    let encoding: SignatureEncoding
    let keyRule: KeyRule
    let template: SignedTemplate
    let timestamp: SignedTimestamp?
    /// The header that `{id}` stands for.
    let idHeader: String?

    /// What `body=` may say.
    private enum BodyCover: String, CaseIterable { case signed, unsigned }

    init(_ algorithm: DigestAlgorithm, _ parameters: inout SchemeParameters) throws(SettingProblem) {
        self.algorithm = algorithm
        carrier = try Self.carrier(&parameters)
        template = try SignedTemplate(parameters.take("signed") ?? "{body}")
        encoding = try parameters.choose("encoding") ?? .hex
        layout = try Self.layout(&parameters)
        keyRule = KeyRule(
            encoding: try parameters.choose("key") ?? .utf8, prefix: parameters.take("key-prefix"))
        timestamp = try Self.timestamp(&parameters, tagged: layout.timestampTag != nil)
        idHeader = try parameters.headerName("id-header")
        let cover: BodyCover = try parameters.choose("body") ?? .signed
        try parameters.finish()
        try checkBody(cover, parameters)
        try checkTimestamp(parameters)
        try checkIdentifier(parameters)
        try checkCarrier(parameters)
    }

    private static func carrier(_ parameters: inout SchemeParameters) throws(SettingProblem) -> Carrier {
        switch (try parameters.headerName("header"), parameters.take("query")) {
        case (let header?, nil): return .header(header)
        case (nil, let query?): return .query(query)
        case (nil, nil):
            throw parameters.problem(
                .missingParameter, "lacks header= after \(parameters.owner)",
                remedy: "name the header that carries the signature: header=X-Signature")
        case (_?, _?):
            throw parameters.problem(
                .contradiction, "has header= and query=", remedy: "the signature stands in one place: leave one of them"
            )
        }
    }

    private static func layout(_ parameters: inout SchemeParameters) throws(SettingProblem) -> SignatureLayout {
        let separator = parameters.take("items")
        let pair = parameters.take("pair")
        let tag = parameters.take("tag")
        let timestampTag = parameters.take("timestamp-tag")
        let layout = SignatureLayout(
            prefix: Array((parameters.take("prefix") ?? "").utf8), separator: separator.map { Array($0.utf8) },
            pair: pair.map { Array($0.utf8) }, tag: Array((tag ?? "").utf8),
            timestampTag: timestampTag.map { Array($0.utf8) })
        func lacks(_ missing: String, _ given: String, _ example: String) -> SettingProblem {
            parameters.problem(
                .missingParameter, "has \(given)= without \(missing)=", remedy: "add \(missing)=\(example)")
        }
        if pair != nil, separator == nil { throw lacks("items", "pair", ",") }
        if tag != nil, pair == nil { throw lacks("pair", "tag", "=") }
        if timestampTag != nil, pair == nil { throw lacks("pair", "timestamp-tag", "=") }
        if pair != nil, tag == nil { throw lacks("tag", "pair", "v1") }
        if let tag, tag == timestampTag {
            throw parameters.problem(
                .contradiction, "has the same tag= and timestamp-tag=", remedy: "give each the tag that the sender uses"
            )
        }
        return layout
    }

    private static func timestamp(
        _ parameters: inout SchemeParameters, tagged: Bool
    ) throws(SettingProblem) -> SignedTimestamp? {
        let header = try parameters.headerName("timestamp-header")
        let unit: SignedTimestamp.Unit? = try parameters.choose("timestamp-unit")
        if header != nil, tagged {
            throw parameters.problem(
                .contradiction, "has timestamp-header= and timestamp-tag=",
                remedy: "the timestamp stands in one place: leave one of them")
        }
        guard header != nil || tagged else {
            guard unit == nil else {
                throw parameters.problem(
                    .missingParameter, "has timestamp-unit= without a timestamp",
                    remedy: "add timestamp-header=X-Timestamp")
            }
            return nil
        }
        return SignedTimestamp(header: header, unit: unit ?? .seconds)
    }
}

extension HMACScheme {
    private func checkBody(_ cover: BodyCover, _ parameters: SchemeParameters) throws(SettingProblem) {
        guard template.readsRequest else {
            throw parameters.problem(
                .uncovered, "signs nothing of the request",
                remedy: "put {body} into signed=; for a fixed value use token")
        }
        switch (cover, coversBody) {
        case (.signed, true), (.unsigned, false): break
        case (.signed, false):
            throw parameters.problem(
                .uncovered, "has signed= without {body}, so anybody could change the body",
                remedy: "add {body}; if the sender really does not sign it, say so with body=unsigned")
        case (.unsigned, true):
            throw parameters.problem(
                .contradiction, "has body=unsigned, but {body} in signed=", remedy: "leave out body=unsigned")
        }
    }

    private func checkTimestamp(_ parameters: SchemeParameters) throws(SettingProblem) {
        switch (timestamp, template.contains(.timestamp)) {
        case (_?, true), (nil, false): break
        case (nil, true):
            throw parameters.problem(
                .missingParameter, "has {timestamp} in signed=, but no place where it stands",
                remedy: "add timestamp-header=X-Timestamp, or timestamp-tag=t if it stands beside the signature")
        case (_?, false):
            throw parameters.problem(
                .uncovered, "has a timestamp that is not among the signed bytes, so anybody could change it",
                remedy: "put {timestamp} into signed= where the sender does, or leave the timestamp out")
        }
    }

    private func checkIdentifier(_ parameters: SchemeParameters) throws(SettingProblem) {
        switch (idHeader, template.contains(.id)) {
        case (_?, true), (nil, false): break
        case (nil, true):
            throw parameters.problem(
                .missingParameter, "has {id} in signed=, but no header that holds it", remedy: "add id-header=X-Id")
        case (_?, false):
            throw parameters.problem(
                .contradiction, "has id-header=, but no {id} in signed=",
                remedy: "add {id} where the sender signs it, or leave out id-header= and set POSTERN_DEDUPE=header:NAME"
            )
        }
    }

    /// What carries the signature cannot be among the bytes that it signs.
    private func checkCarrier(_ parameters: SchemeParameters) throws(SettingProblem) {
        let signsItself =
            switch carrier {
            case .header(let name): coversHeader(name)
            case .query: template.contains(.url) || template.contains(.query)
            default: false
            }
        if signsItself {
            throw parameters.problem(
                .contradiction, "signs what carries the signature itself", remedy: "take it out of signed=")
        }
    }

    var coversBody: Bool { template.contains(.body) }

    /// Whether the value of a header is among the signed bytes.
    func coversHeader(_ name: String) -> Bool {
        if template.coversHeader(name) { return true }
        if let idHeader, HeaderName.areEqual(idHeader, name) { return true }
        if let header = timestamp?.header, HeaderName.areEqual(header, name) { return true }
        return false
    }
}
