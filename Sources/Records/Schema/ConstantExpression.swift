import Values
import XanoScript

/// What a column's default is, known without running anything.
enum ConstantExpression {
    /// - Returns: nil for an expression that only a run could evaluate.
    static func value(of expression: Expression?) -> TableColumn.Default? {
        guard let expression else { return .absent }
        if case .now = expression.kind { return .now }
        return literal(expression).map { TableColumn.Default.value($0) }
    }

    /// A literal's text, for what stands for text whatever it looks like.
    static func text(_ expression: Expression) -> Text? {
        literal(expression).flatMap { $0.scalarText }
    }

    static func literal(_ expression: Expression) -> Value? {
        switch expression.kind {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .decimal(let value): .decimal(value)
        case .text(let text), .word(let text): .text(text)
        case .negative(let operand): literal(operand).flatMap(negated)
        case .array(let elements): array(elements)
        case .object(let entries): object(entries)
        default: nil
        }
    }

    private static func negated(_ value: Value) -> Value? {
        switch value {
        case .integer(let number):
            let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
            return overflow ? nil : .integer(result)
        case .decimal(let number): return .decimal(-number)
        default: return nil
        }
    }

    private static func array(_ elements: [Expression]) -> Value? {
        let values = elements.compactMap(literal)
        return values.count == elements.count ? .array(values) : nil
    }

    private static func object(_ entries: [ObjectEntry]) -> Value? {
        var object = Object()
        for entry in entries {
            guard case .text(let key)? = literal(entry.key), let value = literal(entry.value) else { return nil }
            object[key] = value
        }
        return .object(object)
    }
}
