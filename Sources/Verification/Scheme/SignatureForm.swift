internal import Values

/// Everything about a signed request that does not depend on the algorithm: where the signatures stand, how they are
/// laid out and written, which bytes are signed, and where the timestamp is. `HMACScheme` says how it is written.
struct SignatureForm: Sendable, Equatable {
    var places: SignaturePlaces
    let layout: SignatureLayout
    let encoding: SignatureEncoding
    var template: SignedTemplate
    var timestamp: SignedTimestamp?
    /// The header that `{id}` stands for.
    var idHeader: String?
    let document: JSONSource
    let required: [RequiredHeader]
    /// What `{canonical_headers}` stands for.
    let canonicalHeaders: CanonicalHeaders?

    /// What `body=` may say.
    enum BodyCover: String, CaseIterable { case signed, unsigned }

    /// Takes all of these parameters. Call `finish` of the parameters and then `check`, so that a misspelt name is told
    /// before what follows from it.
    init(_ parameters: inout SchemeParameters, cover: inout BodyCover) throws(SettingProblem) {
        places = try SignaturePlaces(&parameters)
        document = try JSONSource(&parameters)
        var constants: [String: String] = [:]
        if let id = parameters.take("webhook-id") { constants["webhook_id"] = id }
        template = try SignedTemplate(parameters.take("signed") ?? "{body}", constants: constants)
        encoding = try parameters.choose("encoding") ?? .hex
        layout = try SignatureLayout(&parameters)
        timestamp = try SignedTimestamp(&parameters, isItem: layout.holdsTimestamp)
        idHeader = try parameters.headerName("id-header")
        required = try Self.required(&parameters)
        canonicalHeaders = try Self.canonicalHeaders(&parameters, timestamp, places)
        cover = try parameters.choose("body") ?? .signed
    }

    private static func required(_ parameters: inout SchemeParameters) throws(SettingProblem) -> [RequiredHeader] {
        var required: [RequiredHeader] = []
        for text in parameters.takeAll("require") {
            guard let header = RequiredHeader(text) else {
                throw parameters.problem(
                    .badValue, "has require= that is no header with its value",
                    remedy: "write require=\"X-Signature-Version: 1\"")
            }
            required.append(header)
        }
        return required
    }

    private static func canonicalHeaders(
        _ parameters: inout SchemeParameters, _ timestamp: SignedTimestamp?, _ places: SignaturePlaces
    ) throws(SettingProblem) -> CanonicalHeaders? {
        let list = try parameters.headerName("signed-headers")
        let guarded = parameters.takeAll("must-sign")
        for name in guarded where !HeaderName.isValid(name) { throw parameters.noHeaderName("must-sign") }
        guard let list else {
            guard guarded.isEmpty else {
                throw parameters.problem(
                    .missingParameter, "has must-sign= without signed-headers=",
                    remedy: "name the header that lists the signed ones: signed-headers=X-Signed-Headers")
            }
            return nil
        }
        return CanonicalHeaders(
            list: list, required: [list] + (timestamp?.place?.headerName.map { [$0] } ?? []), guarded: guarded,
            excluded: places.places.compactMap(\.headerName))
    }
}

extension SignatureForm {
    /// Whether a changed body would be noticed.
    var coversBody: Bool { template.contains(.body) || template.derived.contains(where: \.coversBody) }

    /// Whether the value of a header is among the signed bytes.
    func coversHeader(_ name: String) -> Bool {
        if template.coversHeader(name) || signsCanonicalHeader(name) { return true }
        if let idHeader, HeaderName.areEqual(idHeader, name) { return true }
        if template.contains(.timestamp), let header = timestamp?.place?.headerName { 
            return HeaderName.areEqual(header, name)
        }
        return false
    }

    /// Whether the signature covers what a field holds.
    func covers(_ field: RequestField) -> Bool {
        switch field {
        case .header(let name): coversHeader(name)
        case .json(let pointer): coversBody || document == .body && template.derived.contains(.json(pointer))
        case .form(let name, let pointer):
            coversBody || template.derived.contains(.form(name))
                || document == .form(name) && pointer.map { template.derived.contains(.json($0)) } == true
        }
    }

    func signsCanonicalHeader(_ name: String) -> Bool {
        template.derived.contains(.canonicalHeaders) && canonicalHeaders?.covers(name) == true
    }

    /// Whether the form has to be read before anything is verified.
    var readsForm: Bool {
        if case .form = document, readsJSON { return true }
        return places.first.readsForm || timestamp?.place?.readsForm == true
            || template.derived.contains(where: \.readsForm)
    }

    /// Whether JSON has to be read before anything is verified.
    var readsJSON: Bool {
        places.first.readsJSON || template.derived.contains(where: \.readsJSON)
            || timestamp?.place?.readsJSON == true && !readsTimestampLate
    }

    /// The members of the JSON document in which something stands that is read before anything is verified.
    var members: [Text] {
        var pointers: [JSONPointer] = []
        for case .json(let pointer) in places.places { pointers.append(pointer) }
        for case .json(let pointer) in template.derived { pointers.append(pointer) }
        if case .json(let pointer)? = timestamp?.place { pointers.append(pointer) }
        return pointers.compactMap(\.firstMember)
    }

    /// Whether the timestamp stands in a body that is signed as a whole, so that it is read once that is proved.
    var readsTimestampLate: Bool {
        timestamp?.place?.readsJSON == true && document == .body && template.contains(.body)
            && !template.contains(.timestamp)
    }
}
