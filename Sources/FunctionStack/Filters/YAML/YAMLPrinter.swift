import Values

/// Values as YAML in block style, four spaces a level.
enum YAMLPrinter {
    /// The text ends with a line end.
    static func text(_ value: Value) -> Text {
        var buffer: [UInt8] = []
        switch value {
        case .array(let items) where !items.isEmpty: append(items, indentation: 0, to: &buffer)
        case .object(let object) where !object.isEmpty: append(object, indentation: 0, to: &buffer)
        default:
            append(scalar: value, to: &buffer)
            buffer.append(0x0A)
        }
        return Text(bytes: buffer)
    }

    private static func append(_ items: [Value], indentation: Int, to buffer: inout [UInt8]) {
        for item in items {
            buffer.append(contentsOf: repeatElement(0x20, count: indentation))
            buffer.append(UInt8(ascii: "-"))
            append(member: item, indentation: indentation, to: &buffer)
        }
    }

    private static func append(_ object: Object, indentation: Int, to buffer: inout [UInt8]) {
        for (key, value) in object {
            buffer.append(contentsOf: repeatElement(0x20, count: indentation))
            append(text: key, to: &buffer)
            buffer.append(UInt8(ascii: ":"))
            append(member: value, indentation: indentation, to: &buffer)
        }
    }

    private static func append(member: Value, indentation: Int, to buffer: inout [UInt8]) {
        switch member {
        case .array(let items) where !items.isEmpty:
            buffer.append(0x0A)
            append(items, indentation: indentation + 4, to: &buffer)
        case .object(let object) where !object.isEmpty:
            buffer.append(0x0A)
            append(object, indentation: indentation + 4, to: &buffer)
        default:
            buffer.append(0x20)
            append(scalar: member, to: &buffer)
            buffer.append(0x0A)
        }
    }

    private static func append(scalar: Value, to buffer: inout [UInt8]) {
        switch scalar {
        case .text(let text): append(text: text, to: &buffer)
        case .decimal(let number) where Int64(exactly: number) != nil:
            // A point keeps it a decimal.
            scalar.text.append(to: &buffer)
            if abs(number) < 1e15 { buffer.append(contentsOf: ".0".utf8) }
        default: JSON.append(scalar, to: &buffer)
        }
    }

    /// Plain where it reads back as the same text, else in quotes.
    private static func append(text: Text, to buffer: inout [UInt8]) {
        let bytes = text.bytes
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), text.isUTF8 else {
            // JSON's escapes are those of YAML's double quotes.
            return JSON.append(.text(text), to: &buffer)
        }
        guard !isPlain(bytes) else { return buffer.append(contentsOf: bytes) }
        buffer.append(UInt8(ascii: "'"))
        for byte in bytes {
            if byte == UInt8(ascii: "'") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "'"))
    }

    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last, case .text = YAMLParser.resolve(bytes),
            !"-?:,[]{}#&*!|>'\"%@`=<~. ".utf8.contains(first), last != 0x20, last != UInt8(ascii: ":")
        else { return false }
        let words = ["y", "yes", "n", "no", "on", "off"]
        if bytes.count <= 3, words.contains(String(decoding: bytes, as: UTF8.self).lowercased()) { return false }
        return !zip(bytes, bytes.dropFirst()).contains { pair in
            pair.0 == UInt8(ascii: ":") && pair.1 == 0x20 || pair.0 == 0x20 && pair.1 == UInt8(ascii: "#")
        }
    }
}
