/// Integers of 64 bits as text.
package enum Integer {
    /// The integer that the whole of `bytes` is: ASCII digits, a minus or plus before. Nil for anything else and for
    /// what does not fit.
    package static func parse(_ bytes: Span<UInt8>) -> Int64? {
        var index = 0
        var isNegative = false
        if !bytes.isEmpty, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
            isNegative = bytes[0] == UInt8(ascii: "-")
            index = 1
        }
        guard index < bytes.count else { return nil }
        var value: Int64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            index += 1
        }
        return value
    }

    package static func parse(_ text: Text) -> Int64? {
        text.withBytes { parse($0) }
    }

    package static func append(_ value: Int64, to buffer: inout [UInt8]) {
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        if rest < 10 {
            buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest))
            return
        }
        var digits = 1
        var power: UInt64 = 10
        // Nineteen digits at most: the power stays within 64 bits.
        while rest >= power, digits < 19 {
            digits += 1
            power *= 10
        }
        let end = buffer.count + digits
        buffer.append(contentsOf: repeatElement(0, count: digits))
        var index = end
        while rest > 0 {
            index -= 1
            buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    package static func text(_ value: Int64) -> Text {
        Text(value.description)
    }
}
