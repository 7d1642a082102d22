extension JSON {
    /// How JSON is laid out.
    package struct Layout: Sendable {
        /// Four spaces a level and a line for each member, as PHP's pretty print.
        package var isPretty = false
        /// `\/` for `/`, for JSON inside of HTML.
        package var escapesSlashes = false
        /// `\uXXXX` for everything beyond ASCII.
        package var escapesUnicode = false

        package init(isPretty: Bool = false, escapesSlashes: Bool = false, escapesUnicode: Bool = false) {
            self.isPretty = isPretty
            self.escapesSlashes = escapesSlashes
            self.escapesUnicode = escapesUnicode
        }
    }

    /// Appends a value as JSON. A byte that is no UTF-8 becomes U+FFFD, an infinite decimal null. The value must not be
    /// deeper than `Value.maximumDepth`.
    package static func append(_ value: Value, to buffer: inout [UInt8], layout: Layout = Layout()) {
        // Without a limit nothing is thrown.
        try? append(value, to: &buffer, layout: layout, limit: .max)
    }

    /// The same, and no more than so many bytes: where parts of a value are shared, its JSON can be larger by far than
    /// the memory that it takes.
    package static func append(
        _ value: Value, to buffer: inout [UInt8], layout: Layout = Layout(), limit: Int
    ) throws(JSONSizeError) {
        let (end, overflow) = buffer.count.addingReportingOverflow(limit)
        try JSONPrinter(layout: layout, end: overflow ? .max : end).append(value, depth: 0, to: &buffer)
        guard overflow || buffer.count <= end else { throw JSONSizeError() }
    }

    package static func print(_ value: Value, layout: Layout = Layout()) -> [UInt8] {
        var buffer: [UInt8] = []
        append(value, to: &buffer, layout: layout)
        return buffer
    }

    package static func text(_ value: Value, layout: Layout = Layout()) -> Text {
        Text(bytes: print(value, layout: layout))
    }
}

/// The JSON of a value would be larger than allowed.
package struct JSONSizeError: Error, Sendable, Equatable {}

struct JSONPrinter {
    let layout: JSON.Layout
    /// How large the buffer may become. Looked at before each element, so that a little more may have been written.
    let end: Int

    func append(_ value: Value, depth: Int, to buffer: inout [UInt8]) throws(JSONSizeError) {
        switch value {
        case .null: buffer.append(contentsOf: "null".utf8)
        case .boolean(true): buffer.append(contentsOf: "true".utf8)
        case .boolean(false): buffer.append(contentsOf: "false".utf8)
        case .integer(let integer): Integer.append(integer, to: &buffer)
        case .decimal(let decimal) where decimal.isFinite: Decimal.append(decimal, to: &buffer)
        case .decimal: buffer.append(contentsOf: "null".utf8)
        case .text(let text): append(text, to: &buffer)
        case .array(let elements): try append(elements, depth: depth, to: &buffer)
        case .object(let object): try append(object, depth: depth, to: &buffer)
        }
    }

    private func append(_ elements: [Value], depth: Int, to buffer: inout [UInt8]) throws(JSONSizeError) {
        buffer.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            guard buffer.count <= end else { throw JSONSizeError() }
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            breakLine(depth + 1, &buffer)
            try append(element, depth: depth + 1, to: &buffer)
        }
        if !isFirst { breakLine(depth, &buffer) }
        buffer.append(UInt8(ascii: "]"))
    }

    private func append(_ object: Object, depth: Int, to buffer: inout [UInt8]) throws(JSONSizeError) {
        buffer.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in object {
            guard buffer.count <= end else { throw JSONSizeError() }
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            breakLine(depth + 1, &buffer)
            append(key, to: &buffer)
            buffer.append(UInt8(ascii: ":"))
            if layout.isPretty { buffer.append(UInt8(ascii: " ")) }
            try append(value, depth: depth + 1, to: &buffer)
        }
        if !isFirst { breakLine(depth, &buffer) }
        buffer.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private func breakLine(_ depth: Int, _ buffer: inout [UInt8]) {
        guard layout.isPretty else { return }
        buffer.append(UInt8(ascii: "\n"))
        buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 4))
    }

    private func append(_ text: Text, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        if let string = text.validString, !layout.escapesUnicode {
            append(string.utf8Span.span, to: &buffer)
        } else if layout.escapesUnicode {
            appendEscaped(text.string, to: &buffer)
        } else {
            append(text.string.utf8Span.span, to: &buffer)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// Copies runs that need no escape as a whole.
    private func append(_ bytes: Span<UInt8>, to buffer: inout [UInt8]) {
        if layout.escapesSlashes { return appendEscapingSlashes(bytes, to: &buffer) }
        var start = 0
        while true {
            let end = bytes.endOfPlainJSON(from: start)
            buffer.append(contentsOf: bytes, in: start..<end)
            guard end < bytes.count else { return }
            appendEscape(bytes[end], to: &buffer)
            start = end + 1
        }
    }

    private func appendEscapingSlashes(_ bytes: Span<UInt8>, to buffer: inout [UInt8]) {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/") {
                appendEscape(byte, to: &buffer)
            } else {
                buffer.append(byte)
            }
        }
    }

    private func appendEscaped(_ string: String, to buffer: inout [UInt8]) {
        for unit in string.utf16 {
            guard unit > 0x7f else {
                let byte = UInt8(truncatingIfNeeded: unit)
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                    || (byte == UInt8(ascii: "/") && layout.escapesSlashes)
                {
                    appendEscape(byte, to: &buffer)
                } else {
                    buffer.append(byte)
                }
                continue
            }
            appendCode(unit, to: &buffer)
        }
    }

    private func appendEscape(_ byte: UInt8, to buffer: inout [UInt8]) {
        let letter: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter = byte
        case 0x08: letter = UInt8(ascii: "b")
        case 0x0c: letter = UInt8(ascii: "f")
        case 0x0a: letter = UInt8(ascii: "n")
        case 0x0d: letter = UInt8(ascii: "r")
        case 0x09: letter = UInt8(ascii: "t")
        default: return appendCode(UInt16(byte), to: &buffer)
        }
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(letter)
    }

    private func appendCode(_ unit: UInt16, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 0xf
            buffer.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
