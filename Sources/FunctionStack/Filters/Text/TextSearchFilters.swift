import Values

/// Filters that look for a text in another. Those that begin with `i` ignore the letter case.
enum TextSearchFilters {
    static let definitions: [FilterDefinition] = [
        .plain("contains", arguments: 1...1) { input, arguments, context in
            // Of an array it is asked for an element, as `in` is from the other side.
            if case .array(let items) = input {
                return .boolean(try ComparisonFilters.contains(items, arguments[0], context))
            }
            return .boolean(try input.textOperand("contains").contains(try arguments[0].textOperand("contains")))
        },
        test("starts_with") { $0.hasPrefix($1) },
        test("ends_with") { $0.hasSuffix($1) },
        test("icontains") { $0.lowercased().contains($1.lowercased()) },
        test("istarts_with") { $0.lowercased().hasPrefix($1.lowercased()) },
        test("iends_with") { $0.lowercased().hasSuffix($1.lowercased()) },
        .plain("index", "strpos", arguments: 1...1) { input, arguments, _ in
            index(of: try arguments[0].textOperand("index"), in: try input.textOperand("index"))
        },
        .plain("iindex", "stripos", arguments: 1...1) { input, arguments, _ in
            index(
                of: try arguments[0].textOperand("iindex").lowercased(),
                in: try input.textOperand("iindex").lowercased())
        },
    ]

    /// The number of the character at which a text begins in another, or false.
    static func index(of needle: Text, in text: Text) -> Value {
        guard let offset = text.firstIndex(of: needle) else { return false }
        return .integer(Int64(text.characterIndex(atByte: offset)))
    }

    private static func test(
        _ name: String, _ body: @escaping @Sendable (_ text: Text, _ part: Text) -> Bool
    ) -> FilterDefinition {
        .plain(name, arguments: 1...1) { input, arguments, _ in
            let text = try input.textOperand(name, remedy: "for arrays there is |some:$$==…")
            return .boolean(body(text, try arguments[0].textOperand(name)))
        }
    }
}
