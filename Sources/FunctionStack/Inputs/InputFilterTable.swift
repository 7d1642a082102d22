import Values

/// The filters of input blocks, by name.
///
/// Source: the documentation's page on types, and the language server's inputFilters.md.
enum InputFilterTable {
    /// What a filter is applied to, and its arguments.
    struct Use {
        var type: InputType
        var isArray: Bool
        var arguments: [Value]
    }

    static let names = ["trim", "lower", "upper", "min", "max", "prevent", "startsWith", "max_size", "pattern"]
        + CharacterClass.allCases.map(\.rawValue) + ["ok", "alphaOk", "digitOk"]

    /// Those that judge texts. Others may change a text before it is read as a number.
    private static let textChecks = ["prevent", "startsWith", "pattern"] + CharacterClass.allCases.map(\.rawValue)

    /// Why a filter can't stand where it does.
    struct Objection: Error {
        let message: String
    }

    /// - Returns: nil if there is none of that name
    /// - Throws: `Objection`
    static func filter(_ name: String, _ use: Use) throws -> InputFilter? {
        if textChecks.contains(name), use.type.isNumeric {
            throw Objection(message: "the filter \(name) is of texts, and this is none")
        }
        return switch name {
        case "trim": .change { Text($0.string.trimmedOfWhiteSpace) }
        case "lower": .change { Text($0.string.lowercased()) }
        case "upper": .change { Text($0.string.uppercased()) }
        case "min": try bound(use, isMinimum: true)
        case "max": try bound(use, isMinimum: false)
        case "prevent": try prevent(use)
        case "startsWith": try startsWith(use)
        case "max_size": try maximumSize(use)
        case "pattern": try pattern(use)
        default: try CharacterClass(rawValue: name).map { try least($0, use) }
        }
    }

    // MARK: White lists

    /// `alphaOk|digitOk` allows letters and digits: all white lists of an input count together.
    static func whitelist(_ name: String, _ arguments: [Value]) -> Set<Character>? {
        whitelists[name].map { $0(arguments) }
    }

    static func filter(allowing characters: Set<Character>) -> InputFilter {
        .check { value, _ in
            value.text.string.allSatisfy(characters.contains) ? nil : "Value contains characters that are not allowed"
        }
    }

    private static let whitelists: [String: @Sendable ([Value]) -> Set<Character>] = [
        "ok": { Set($0.first?.text.string ?? "") },
        "alphaOk": { _ in Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") },
        "digitOk": { _ in Set("0123456789") },
    ]

    // MARK: The others

    private static func prevent(_ use: Use) throws -> InputFilter {
        let phrase = try text(use)
        return .check { value, _ in
            value.text.contains(phrase) ? "Value contains a phrase that is not allowed" : nil
        }
    }

    private static func startsWith(_ use: Use) throws -> InputFilter {
        let prefix = try text(use)
        return .check { value, _ in value.text.hasPrefix(prefix) ? nil : "Value does not start with \(prefix)" }
    }

    /// Of a file, in bytes.
    private static func maximumSize(_ use: Use) throws -> InputFilter {
        let limit = try number(use)
        return .check { value, _ in
            guard case .integer(let bytes) = value["size"] else { return nil }
            let isLarger = Number.compare(.integer(bytes), limit) == .greater
            return isLarger ? "The file is larger than \(limit.value.text) bytes" : nil
        }
    }

    private static func least(_ characters: CharacterClass, _ use: Use) throws -> InputFilter {
        let least = try number(use)
        return .check { value, _ in
            let count = value.text.bytes.count { characters.contains($0) }
            guard Number.compare(.integer(Int64(count)), least) == .less else { return nil }
            return "Input needs at least \(least.value.text) \(characters.adjective) characters"
        }
    }

    /// `min` and `max`: of numbers their value, of texts their length, of lists of texts the number of elements.
    private static func bound(_ use: Use, isMinimum: Bool) throws -> InputFilter {
        let bound = try number(use)
        let limit = bound.value.text
        let breaks: @Sendable (Number) -> Bool = { Number.compare($0, bound) == (isMinimum ? .less : .greater) }
        let length =
            isMinimum
            ? "Input does not meet minimum length requirement of \(limit)"
            : "Input exceeds maximum length requirement of \(limit)"
        switch use.type {
        case .int, .decimal, .timestamp:
            return .check { value, _ in
                guard let number = try? value.number(for: "min"), breaks(number) else { return nil }
                return "Value \(number.value.text) is \(isMinimum ? "less than the minimum" : "more than the maximum") of \(limit)"
            }
        case _ where use.isArray:
            return .checkCount { breaks(.integer(Int64($0))) ? length + " elements" : nil }
        default:
            return .check { value, _ in
                let count = value.text.string.unicodeScalars.count
                return breaks(.integer(Int64(count))) ? length + " characters" : nil
            }
        }
    }

    private static func pattern(_ use: Use) throws -> InputFilter {
        let source = try text(use)
        let message = use.arguments.count > 1 ? use.arguments[1].text.string : "Value does not match the required pattern"
        let expression: RegularExpression
        do {
            expression = try RegularExpression(delimited(source))
        } catch let error as StackError {
            throw Objection(message: error.message.string)
        }
        return .check { value, budget in
            try expression.firstMatch(in: value.text, budget: budget) == nil ? message : nil
        }
    }

    /// Patterns of input blocks have no delimiters.
    static func delimited(_ pattern: Text) -> Text {
        var source: [UInt8] = [UInt8(ascii: "/")]
        var isEscaped = false
        for byte in pattern.bytes {
            if byte == UInt8(ascii: "/"), !isEscaped { source.append(UInt8(ascii: "\\")) }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            source.append(byte)
        }
        return Text(bytes: source + [UInt8(ascii: "/")])
    }

    private static func number(_ use: Use) throws -> Number {
        guard let argument = use.arguments.first, let number = try? argument.number(for: "a bound") else {
            throw Objection(message: "this filter needs a number")
        }
        return number
    }

    private static func text(_ use: Use) throws -> Text {
        guard let argument = use.arguments.first, !argument.text.isEmpty else {
            throw Objection(message: "this filter needs an argument")
        }
        return argument.text
    }
}

extension String {
    /// Without what PHP's trim takes away at both ends.
    var trimmedOfWhiteSpace: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) || $0 == 0 }
        guard let first = utf8.firstIndex(where: { !isSpace($0) }),
            let last = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[first...last])
    }
}
