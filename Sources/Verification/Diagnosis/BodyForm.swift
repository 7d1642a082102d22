internal import Values

/// Forms that something decoded and encoded again, or made something else of.
struct BodyForm {
    private let request: AlteredRequest
    private var body: [UInt8] { request.body }

    private static let maximumByteCount = 1 << 20
    private static let workPerByte = 6
    /// Fields in which senders put JSON.
    private static let fields = ["payload", "data", "json"]

    init(_ request: AlteredRequest) {
        self.request = request
    }

    var suspicions: [Suspicion] {
        guard body.count <= Self.maximumByteCount, !body.isEmpty else { return [] }
        if EventIdentity.json(body) != nil { return ofJSON }
        let isForm = request.contentType == "application/x-www-form-urlencoded"
        guard isForm || request.contentType.isEmpty && body.contains(UInt8(ascii: "=")),
            let pairs = try? QueryString(body.span, from: .body).pairs, !pairs.isEmpty
        else { return [] }
        return encoded(pairs) + field(pairs)
    }

    private func encoded(_ pairs: [QueryString.Pair]) -> [Suspicion] {
        let sorted = pairs.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        let orders = sorted == pairs ? [(pairs, "")] : [(pairs, ""), (sorted, ", fields sorted by name")]
        return orders.flatMap { pairs, order in
            FormEncoding.usual.map { encoding in
                Suspicion(
                    .bodyForm,
                    "it matches with the form encoded anew, \(encoding.name)\(order): something decoded the body and "
                        + "encoded it "
                        + "again, so pass on the bytes that came", cost: body.count * Self.workPerByte
                ) { encoding.encode(pairs) }
            }
        }
    }

    /// The text of a field alone.
    private func field(_ pairs: [QueryString.Pair]) -> [Suspicion] {
        Self.fields.flatMap { name in
            pairs.filter { $0.name == Array(name.utf8) }.map { pair in
                Suspicion(
                    .bodyFormField,
                    "it matches with the text of the form's field \(name): something put the body into a form",
                    cost: body.count
                ) { pair.value }
            }
        }
    }

    /// JSON that was a form, or the text of one of its fields.
    private var ofJSON: [Suspicion] {
        var suspicions: [Suspicion] = []
        for name in Self.fields {
            for encoding in FormEncoding.usual {
                suspicions.append(
                    Suspicion(
                        .bodyFormField,
                        "it matches with the body as the field \(name) of a form: something took it out of the form, "
                            + "so pass "
                            + "on the whole", cost: body.count * Self.workPerByte
                    ) { encoding.encode([QueryString.Pair(name: Array(name.utf8), value: body)]) })
            }
        }
        guard case .object(let object)? = EventIdentity.json(body), let pairs = Self.pairs(object) else {
            return suspicions
        }
        return suspicions
            + FormEncoding.usual.map { encoding in
                Suspicion(
                    .bodyForm,
                    "it matches with the form that the JSON was, \(encoding.name): something parsed the form and "
                        + "printed it as JSON",
                    cost: body.count * Self.workPerByte
                ) { encoding.encode(pairs) }
            }
    }

    /// The members of an object that may have been a form.
    private static func pairs(_ object: Object) -> [QueryString.Pair]? {
        guard object.count <= QueryString.maximumPairs else { return nil }
        var pairs: [QueryString.Pair] = []
        for (name, value) in object {
            switch value {
            case .text(let text): pairs.append(.init(name: name.bytes, value: text.bytes))
            case .integer, .boolean: pairs.append(.init(name: name.bytes, value: JSON.print(value)))
            case .null: pairs.append(.init(name: name.bytes, value: []))
            case .decimal, .array, .object: return nil
            }
        }
        return pairs
    }
}

/// How a program encodes forms.
struct FormEncoding {
    let name: String
    /// What it leaves as it is, beside letters and digits.
    let kept: String
    let space: String
    let isInCapitals: Bool

    static let usual: [FormEncoding] = [
        ("as browsers do", "*-._", "+"), ("as PHP does", "-._", "+"), ("as Python does", "-._~", "+"),
        ("with %20 for a space", "-._~", "%20"), ("with %20 for a space and no brackets escaped", "-._~[]", "%20"),
        ("as JavaScript's encodeURIComponent does", "-_.!~*'()", "%20"),
        ("with + for a space and no brackets escaped", "-._~*[]", "+"),
        ("with no sign escaped that need not be", "-._~*!'()[]:/?@,;$", "+"),
    ].flatMap { name, kept, space in
        [
            FormEncoding(name: name, kept: kept, space: space, isInCapitals: true),
            FormEncoding(name: "\(name), escapes in small letters", kept: kept, space: space, isInCapitals: false),
        ]
    }

    func encode(_ pairs: [QueryString.Pair]) -> [UInt8] {
        var output: [UInt8] = []
        for (index, pair) in pairs.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            append(pair.name, to: &output)
            output.append(UInt8(ascii: "="))
            append(pair.value, to: &output)
        }
        return output
    }

    func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        let digits = Array((isInCapitals ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                output.append(byte)
            case UInt8(ascii: " "): output += Array(space.utf8)
            default:
                if kept.utf8.contains(byte) {
                    output.append(byte)
                } else {
                    output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
    }
}
