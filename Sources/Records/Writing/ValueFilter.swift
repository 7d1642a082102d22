import FunctionStack
import Values
import XanoScript

/// A filter of a column's declaration, `filters=trim|lower|min:3`: it changes the value that is written, or refuses it.
enum ValueFilter: Sendable {
    /// Of text the number of characters, of numbers the value, of lists the number of elements.
    case minimum(Double)
    case maximum(Double)
    /// `ok`: only these characters.
    case only(Set<Unicode.Scalar>)
    case prevent(Text)
    case startsWith(Text)
    /// `alphaOk`, `digitOk`: only these kinds of characters, where several are given any of them.
    case alphabetic, digits
    case pattern(Text)
    /// A filter of the language.
    case language(FilterDefinition.Plain, [Value])

    /// What the filter is called in the language.
    private static let languageNames = ["trim": "trim", "lower": "to_lower", "upper": "to_upper"]
    /// For passwords, which are not written yet, and what exports say about references.
    private static let withoutEffect: Set<String> = [
        "minAlpha", "minLowerAlpha", "minUpperAlpha", "minDigit", "minSymbol", "@",
    ]

    /// - Returns: nil for a filter that does nothing here, or that `problem` refuses
    static func compiled(_ filter: Filter) -> ValueFilter? {
        let argument = filter.arguments.first.flatMap { ConstantExpression.text($0) }
        switch filter.name {
        case "min": return argument.flatMap { NumericText.number($0) }.map { .minimum($0.decimal) }
        case "max": return argument.flatMap { NumericText.number($0) }.map { .maximum($0.decimal) }
        case "ok": return argument.map { .only(Set($0.string.unicodeScalars)) }
        case "prevent": return argument.map { .prevent($0) }
        case "startsWith": return argument.map { .startsWith($0) }
        case "alphaOk": return .alphabetic
        case "digitOk": return .digits
        case "pattern": return argument.map { .pattern($0) }
        default:
            let name = languageNames[filter.name] ?? filter.name
            guard case .plain(let implementation)? = FilterTable.standard[name]?.implementation else { return nil }
            return .language(implementation, filter.arguments.compactMap { ConstantExpression.literal($0) })
        }
    }

    /// Why a declaration cannot have the filter.
    static func problem(_ filter: Filter) -> RecordProblem? {
        if withoutEffect.contains(filter.name) || compiled(filter) != nil { return nil }
        let names = ["min", "max", "ok", "prevent", "startsWith", "alphaOk", "digitOk", "pattern"]
        if names.contains(filter.name) {
            return RecordProblem(
                .type, "The filter \"\(filter.name)\" needs a constant after a colon", remedy: "write `\(filter.name):…`")
        }
        return RecordProblem(
            .name, "There is no filter \"\(filter.name)\" for columns",
            remedy: nearest(to: filter.name, among: names + languageNames.keys))
    }

    /// Whether the filter, at a list, is about the number of its elements.
    var boundsSize: Bool {
        switch self {
        case .minimum, .maximum: true
        default: false
        }
    }

    func checkSize(_ count: Int, of name: String) throws {
        switch self {
        case .minimum(let bound) where Double(count) < bound:
            throw Self.error(name, "\(name) must have at least \(Value.decimal(bound).text) elements")
        case .maximum(let bound) where Double(count) > bound:
            throw Self.error(name, "\(name) must have at most \(Value.decimal(bound).text) elements")
        default: break
        }
    }

    func apply(_ value: Value, _ name: String, _ context: FilterContext) throws -> Value {
        switch self {
        case .language(let implementation, let arguments):
            guard case .text = value else { return value }
            return try implementation(value, FilterArguments(arguments), context)
        case .minimum, .maximum:
            try checkBound(value, name)
        default:
            if let text = value.scalarText { try checkText(text, name, context) }
        }
        return value
    }

    private func checkBound(_ value: Value, _ name: String) throws {
        let (size, unit): (Double, String) =
            switch value {
            case .text(let text): (Double(text.string.unicodeScalars.count), " characters")
            default: (value.decimalNumber ?? 0, "")
            }
        switch self {
        case .minimum(let bound) where size < bound:
            throw Self.error(name, "\(name) must be at least \(Value.decimal(bound).text)\(unit)")
        case .maximum(let bound) where size > bound:
            throw Self.error(name, "\(name) must be at most \(Value.decimal(bound).text)\(unit)")
        default: break
        }
    }

    private func checkText(_ text: Text, _ name: String, _ context: FilterContext) throws {
        let fits: Bool =
            switch self {
            case .only(let allowed): text.string.unicodeScalars.allSatisfy { allowed.contains($0) }
            case .prevent(let part): !TextPattern.includes(text, part)
            case .startsWith(let prefix): text.string.utf8.starts(with: prefix.string.utf8)
            case .alphabetic: text.bytes.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
            case .digits: text.bytes.allSatisfy { (48...57).contains($0) }
            case .pattern(let pattern): try RegularExpression.matches(text, pattern, context)
            default: true
            }
        guard fits else { throw Self.error(name, "\(name) has characters that are not allowed") }
    }

    private static func error(_ name: String, _ message: String) -> StackError {
        StackError(.inputError, Text(message), payload: ["param": .text(name)])
    }
}
