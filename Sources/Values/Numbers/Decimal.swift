/// Decimals as text, the same everywhere in the language: printed as JSON, joined to text, shown in a template.
package enum Decimal {
    /// The nearest decimal to the number that the whole of `bytes` is: digits, an optional fraction and exponent,
    /// a sign before. Infinite when it is too large; nil when the bytes are something else.
    package static func parse(_ bytes: Span<UInt8>) -> Double? {
        guard isNumber(bytes), let text = Text(bytes).validString else { return nil }
        return Double(text)
    }

    private static func isNumber(_ bytes: Span<UInt8>) -> Bool {
        var index = 0
        func digits(_ bytes: Span<UInt8>, _ index: inout Int) -> Int {
            let start = index
            while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
            return index - start
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        var count = digits(bytes, &index)
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            count += digits(bytes, &index)
        }
        guard count > 0 else { return false }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
            guard digits(bytes, &index) > 0 else { return false }
        }
        return index == bytes.count
    }

    /// The shortest text that reads back as the same decimal, laid out as PHP does, whose dialect the language is:
    /// `10`, `0.1`, `-0`, `1.0e+25`, `1.5e-7`; an exponent from the 18th digit before the point on, and after the
    /// fourth zero behind it. `INF`, `-INF` and `NAN` are no JSON.
    package static func append(_ value: Double, to buffer: inout [UInt8]) {
        guard value.isFinite else {
            buffer.append(contentsOf: (value.isNaN ? "NAN" : value < 0 ? "-INF" : "INF").utf8)
            return
        }
        if let integer = Int64(exactly: value), integer.magnitude < 1_000_000_000_000_000, integer != 0 {
            Integer.append(integer, to: &buffer)
            return
        }
        if value.sign == .minus { buffer.append(UInt8(ascii: "-")) }
        let (digits, point) = shortestDigits(value.magnitude)
        if point < -3 || point > 17 {
            appendScientific(digits, exponent: point - 1, to: &buffer)
        } else {
            appendPlain(digits, point: point, to: &buffer)
        }
    }

    package static func text(_ value: Double) -> Text {
        var buffer: [UInt8] = []
        append(value, to: &buffer)
        return Text(bytes: buffer)
    }

    /// The significant digits as ASCII, and how many of them stand before the point.
    package static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        // Swift prints the shortest digits too, in one of the forms `12.5`, `0.001`, `1e+25`, `1.5e-07`.
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array(value.description.utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        var place = (point ?? digits.count) + exponent
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        place -= zeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return digits.isEmpty ? ([UInt8(ascii: "0")], 1) : (digits, place)
    }

    private static func appendPlain(_ digits: [UInt8], point: Int, to buffer: inout [UInt8]) {
        if point <= 0 {
            buffer.append(contentsOf: "0.".utf8)
            buffer.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            buffer.append(contentsOf: digits)
        } else if digits.count <= point {
            buffer.append(contentsOf: digits)
            buffer.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
        } else {
            buffer.append(contentsOf: digits[..<point])
            buffer.append(UInt8(ascii: "."))
            buffer.append(contentsOf: digits[point...])
        }
    }

    private static func appendScientific(_ digits: [UInt8], exponent: Int, to buffer: inout [UInt8]) {
        buffer.append(digits[0])
        buffer.append(UInt8(ascii: "."))
        buffer.append(contentsOf: digits.count > 1 ? digits[1...] : [UInt8(ascii: "0")])
        buffer.append(UInt8(ascii: "e"))
        buffer.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        Integer.append(Int64(exponent.magnitude), to: &buffer)
    }
}
