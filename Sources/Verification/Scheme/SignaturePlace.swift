internal import Values

/// A place in a request where a signature, a timestamp or a token may stand.
enum SignaturePlace: Sendable, Equatable {
    case header(String)
    /// A parameter of the query string.
    case query(String)
    /// A field of the form.
    case form(String)
    /// A place in the JSON document.
    case json(JSONPointer)

    /// What refusals call it.
    var carrier: Carrier {
        switch self {
        case .header(let name): .header(name)
        case .query(let name): .query(name)
        case .form(let name): .field(name)
        case .json(let pointer): .json(pointer.text)
        }
    }

    var readsForm: Bool { if case .form = self { true } else { false } }
    var readsJSON: Bool { if case .json = self { true } else { false } }
}

/// Where a request's signatures stand: one place, or several headers of which at least one must be there.
struct SignaturePlaces: Sendable, Equatable {
    let places: [SignaturePlace]
    /// Whether the headers are numbered from 1 without a gap, so that the first that is absent ends them.
    let isNumbered: Bool

    /// The most headers that are named one by one.
    static let maximumHeaders = 8
    /// The most headers that are numbered.
    static let maximumNumber = 100

    init(_ places: [SignaturePlace], isNumbered: Bool = false) {
        self.places = places
        self.isNumbered = isNumbered
    }

    /// The place to which a signer writes, and which a message names where none of them is there.
    var first: SignaturePlace { places.first ?? .header("") }
}

extension SignaturePlaces {
    /// Reads `header=`, which may be repeated or numbered (`X-Signature-{1-100}`), `query=`, `form=` or `json=`.
    init(_ parameters: inout SchemeParameters) throws(SettingProblem) {
        let headers = parameters.takeAll("header")
        var places: [SignaturePlace] = []
        if let query = parameters.take("query") { places.append(.query(query)) }
        if let field = parameters.take("form") { places.append(.form(field)) }
        if let pointer = try parameters.pointer("json") { places.append(.json(pointer)) }
        guard places.count + (headers.isEmpty ? 0 : 1) <= 1 else {
            throw parameters.problem(
                .contradiction, "has more than one of header=, query=, form= and json=",
                remedy: "the signature stands in one place: leave one of them")
        }
        if places.isEmpty { self = try Self.headers(headers, parameters) } else { self.init(places) }
    }

    private static func headers(
        _ names: [String], _ parameters: SchemeParameters
    ) throws(SettingProblem) -> SignaturePlaces {
        guard let first = names.first else {
            throw parameters.problem(
                .missingParameter, "lacks header= after \(parameters.owner)",
                remedy: "name the header that carries the signature: header=X-Signature")
        }
        if names.count == 1, first.utf8.contains(UInt8(ascii: "{")) { return try numbered(first, parameters) }
        guard names.count <= maximumHeaders else {
            throw parameters.problem(
                .badValue, "has header= more than \(maximumHeaders) times", remedy: "leave out those that never come")
        }
        var places: [SignaturePlace] = []
        for name in names {
            guard HeaderName.isValid(name) else { throw parameters.noHeaderName("header") }
            guard !places.contains(where: { HeaderName.areEqual($0.headerName ?? "", name) }) else {
                throw parameters.problem(
                    .repeatedParameter, "has the same header= twice", remedy: "leave one of them")
            }
            places.append(.header(name))
        }
        return SignaturePlaces(places)
    }

    /// `X-Signature-{1-100}`
    private static func numbered(
        _ text: String, _ parameters: SchemeParameters
    ) throws(SettingProblem) -> SignaturePlaces {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false)
        guard parts.count == 2, HeaderName.isValid(String(parts[0])), parts[1].hasPrefix("1-"), parts[1].hasSuffix("}"),
            let last = ASCIIDigits.value(parts[1].dropFirst(2).dropLast().utf8),
            (1...Int64(maximumNumber)).contains(last)
        else {
            throw parameters.problem(
                .badValue, "has header= with braces that hold no numbers from 1 up to \(maximumNumber) at most",
                remedy: "write header=X-Signature-{1-\(maximumNumber)}")
        }
        return SignaturePlaces((1...last).map { .header("\(parts[0])\($0)") }, isNumbered: true)
    }
}

extension SignaturePlace {
    var headerName: String? { if case .header(let name) = self { name } else { nil } }
}
