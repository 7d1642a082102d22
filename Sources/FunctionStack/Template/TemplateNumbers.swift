import Glibc
import Values

/// Arithmetic of templates beyond that of the language.
enum TemplateNumbers {
    static func floor(_ value: Value) throws -> Value {
        guard case .decimal(let decimal) = value else { return value }
        let rounded = decimal.rounded(.down)
        return Int64(exactly: rounded).map { .integer($0) } ?? .decimal(rounded)
    }

    static func ceiling(_ value: Value) -> Value {
        guard case .decimal(let decimal) = value else { return value }
        return Int64(exactly: decimal.rounded(.up)).map { .integer($0) } ?? value
    }

    /// Whole where both sides are and 64 bits hold it.
    static func power(_ base: Value, _ exponent: Value) throws -> Value {
        let base = try base.number(for: "'**'"), exponent = try exponent.number(for: "'**'")
        let result = pow(base.decimal, exponent.decimal)
        if case .integer = base, case .integer = exponent, abs(result) < 0x1p53, let whole = Int64(exactly: result) {
            return .integer(whole)
        }
        return try Arithmetic.finite(result, "a power")
    }

    /// From one end to the other, both included, whichever is larger; single letters too.
    static func range(_ first: Value, _ last: Value, step: Int64, _ context: FilterContext) throws -> Value {
        if let first = letter(first), let last = letter(last) {
            let codes = try integers(Int64(first), Int64(last), step: step, context)
            return .array(codes.map { .text(Text(bytes: [UInt8($0)])) })
        }
        let codes = try integers(first.integer(for: "range"), last.integer(for: "range"), step: step, context)
        return .array(codes.map { .integer($0) })
    }

    private static func integers(
        _ first: Int64, _ last: Int64, step: Int64, _ context: FilterContext
    ) throws -> [Int64] {
        guard step != 0, step != .min else { throw StackError.mistake("range needs a step other than 0") }
        let (distance, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow else { throw StackError.mistake("range is too long") }
        let step = Int64(step.magnitude)
        let count = distance.magnitude / step.magnitude + 1
        try context.chargeElements(Int(clamping: count))
        return (0..<Int64(count)).map { first + (distance < 0 ? -$0 : $0) * step }
    }

    private static func letter(_ value: Value) -> UInt8? {
        guard case .text(let text) = value, text.byteCount == 1, let byte = text.bytes.first, byte.isASCIILetter else {
            return nil
        }
        return byte
    }
}
