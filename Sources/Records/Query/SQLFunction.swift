import FunctionStack
import Storage
import Values

/// A function of ours that a statement calls.
struct SQLFunction: Hashable, Sendable {
    /// Its name in SQL.
    let name: String
    /// The filter of the language that it is, if it is one.
    let filter: String?

    private init(name: String, filter: String? = nil) {
        self.name = name
        self.filter = filter
    }

    static let jsonEquals = SQLFunction(name: "postern_json_equals")
    static let jsonContains = SQLFunction(name: "postern_json_contains")
    static let includes = SQLFunction(name: "postern_includes")
    static let like = SQLFunction(name: "postern_like")
    static let ilike = SQLFunction(name: "postern_ilike")
    static let matches = SQLFunction(name: "postern_matches")

    /// - Returns: nil if the language has no such filter, or refuses it.
    init?(filter: String) {
        guard case .plain? = FilterTable.standard[filter]?.implementation else { return nil }
        self.init(name: "postern_filter_" + filter, filter: filter)
    }

    /// Makes the function callable on a connection, unless it is.
    func define(on connection: Connection) throws(DatabaseError) {
        guard !connection.definedFunctions.contains(name) else { return }
        let context = FilterContext(
            clock: { 0 }, random: SystemRandomNumberGenerator(),
            budget: Budget(maximumSteps: .max, maximumBytes: .max))
        try connection.define(name, argumentCount: -1, isDeterministic: true) { arguments in
            arguments.isEmpty || arguments.contains(.null) ? .null : try call(arguments, context)
        }
    }

    /// What the function gives for its arguments, of which none is null.
    private func call(_ arguments: [Value], _ context: FilterContext) throws -> Value {
        if let filter, case .plain(let implementation)? = FilterTable.standard[filter]?.implementation {
            return try implementation(arguments[0], FilterArguments(Array(arguments.dropFirst())), context)
        }
        let (first, second) = (arguments[0], arguments[1])
        return switch self {
        case .jsonEquals: .boolean(try first.parsed == second.parsed)
        case .jsonContains: .boolean(try first.parsed.contains(json: second.parsed))
        case .includes: .boolean(TextPattern.includes(first.text, second.text))
        case .like: .boolean(try TextPattern.like(first.text, second.text, ignoresCase: false))
        case .ilike: .boolean(try TextPattern.like(first.text, second.text, ignoresCase: true))
        case .matches:
            .boolean(
                try RegularExpressionCache.shared.expression(second.text.delimitedPattern)
                    .firstMatch(in: first.text, budget: context.budget) != nil)
        default: .null
        }
    }
}

extension Text {
    /// The pattern between the slashes that regular expressions stand in; those inside it are escaped.
    fileprivate var delimitedPattern: Text {
        var source: [UInt8] = [UInt8(ascii: "/")]
        var isEscaped = false
        for byte in bytes {
            if byte == UInt8(ascii: "/"), !isEscaped { source.append(UInt8(ascii: "\\")) }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            source.append(byte)
        }
        return Text(bytes: source + [UInt8(ascii: "/")])
    }
}

extension Value {
    /// JSON text as the value that it is.
    fileprivate var parsed: Value {
        get throws {
            guard case .text(let text) = self else { return self }
            return try JSON.parse(text)
        }
    }

    /// PostgreSQL's `@>`: objects hold each key with what holds its value; arrays hold each element somewhere, and
    /// an array holds a scalar that is among its elements.
    fileprivate func contains(json part: Value) -> Bool {
        contains(json: part, isTop: true)
    }

    private func contains(json part: Value, isTop: Bool) -> Bool {
        switch (self, part) {
        case (.object(let whole), .object(let part)):
            part.allSatisfy { key, value in whole[key]?.contains(json: value, isTop: false) ?? false }
        case (.array(let whole), .array(let parts)):
            parts.allSatisfy { part in whole.contains { $0.contains(json: part, isTop: false) } }
        case (.array(let whole), _) where isTop && !part.isObject:
            whole.contains(part)
        default: self == part
        }
    }

    private var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
