import FunctionStack
import Values

extension Value {
    /// Quicker than to compare with it.
    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The whole number that the value is, or that its text is as a whole.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value
        case .boolean(let value): value ? 1 : 0
        case .decimal(let value): Int64(exactly: value)
        case .text(let text): NumericText.number(text).flatMap { $0.value.wholeNumber }
        default: nil
        }
    }

    /// The number that the value is, or that its text is as a whole.
    var decimalNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .boolean(let value): value ? 1 : 0
        case .decimal(let value): value
        case .text(let text): NumericText.number(text)?.decimal
        default: nil
        }
    }

    /// The truth that the value is, or that its text says.
    var truth: Bool? {
        switch self {
        case .boolean(let value): return value
        case .integer(0), .decimal(0): return false
        case .integer(1), .decimal(1): return true
        case .text(let text):
            guard text.byteCount <= 5 else { return nil }
            return switch text.string.asciiLowercased {
            case "true", "1", "yes", "on": true
            case "false", "0", "no", "off", "": false
            default: nil
            }
        default: return nil
        }
    }

    /// A scalar as text; nil for arrays and objects.
    var scalarText: Text? {
        switch self {
        case .text(let text): text
        case .array, .object, .null: nil
        default: text
        }
    }
}
