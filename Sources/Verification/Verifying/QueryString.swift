internal import Values

/// Name and value pairs of a query string or of a form (`application/x-www-form-urlencoded`, WHATWG URL section 5),
/// as bytes.
struct QueryString {
    struct Pair: Equatable {
        var name: [UInt8]
        var value: [UInt8]
    }

    typealias Field = FormFields.Field

    /// All decoded names and values, one after the other.
    private(set) var text: [UInt8] = []
    private(set) var fields: [Field] = []

    /// More fields than any sender's form has. Sorting them must not cost a stranger's request dearly.
    static let maximumPairs = 1000

    init() {}

    init(_ pairs: [Pair]) {
        for pair in pairs {
            let start = text.count
            text += pair.name
            let nameEnd = text.count
            text += pair.value
            fields.append(Field(name: start..<nameEnd, value: nameEnd..<text.count))
        }
    }

    /// - Throws: `Refusal` when there are too many pairs, or a `%` that no two hexadecimal digits follow.
    init(_ bytes: Span<UInt8>, from carrier: Carrier) throws(Refusal) {
        guard let read = FormFields(bytes, limit: Self.maximumPairs) else {
            throw Refusal(.tooMany(carrier, what: "fields", limit: Self.maximumPairs))
        }
        guard read.isWellFormed else {
            throw Refusal(.malformed(carrier, expected: "two hexadecimal digits after each %"))
        }
        (text, fields) = (read.text, read.fields)
    }

    var pairs: [Pair] { fields.map { Pair(name: Array(text[$0.name]), value: Array(text[$0.value])) } }

    /// The query of a request's path and query.
    init(of uri: [UInt8]) throws(Refusal) {
        let start = uri.firstIndex(of: UInt8(ascii: "?")).map { $0 + 1 } ?? uri.count
        try self.init(uri.span.extracting(start..<uri.count), from: .uri)
    }

    func values(of name: String) -> [[UInt8]] { ranges(of: name).map { Array(text[$0]) } }

    /// Where the values of a name lie in the text.
    func ranges(of name: String) -> [Range<Int>] {
        let name = Array(name.utf8)
        return fields.filter { text.span.hasBytes(name, in: $0.name) }.map(\.value)
    }
}

extension [UInt8] {
    /// Adds a range of other bytes.
    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
