import Values

/// What `escape` does, by strategy.
enum TemplateEscaping {
    /// - Parameter strategy: `html`, `html_attr`, `js`, `css` or `url`
    static func escape(_ text: Text, strategy: Text) throws -> Text {
        switch strategy.string {
        case "html": html(text)
        case "html_attr":
            scalars(text, plain: ",.-_") { entities[$0] ?? "&#x" + hexadecimal($0.value, width: 2) + ";" }
        case "js":
            scalars(text, plain: ",._") {
                shortEscapes[$0] ?? $0.utf16.map { "\\u" + hexadecimal(UInt32($0), width: 4) }.joined()
            }
        case "css": scalars(text, plain: "") { "\\" + hexadecimal($0.value, width: 1) + " " }
        case "url": PercentEncoding.uri.encode(text)
        default:
            throw StackError.mistake("escape knows html, html_attr, js, css and url, not \(strategy)")
        }
    }

    private static let entities: [Unicode.Scalar: String] = ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;"]

    private static let shortEscapes: [Unicode.Scalar: String] = [
        "\\": "\\\\", "/": "\\/", "\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{c}": "\\f", "\r": "\\r",
    ]

    static func html(_ text: Text) -> Text {
        text.withBytes { bytes in
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count)
            for index in bytes.indices {
                switch bytes[index] {
                case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
                case UInt8(ascii: "<"): result.append(contentsOf: "&lt;".utf8)
                case UInt8(ascii: ">"): result.append(contentsOf: "&gt;".utf8)
                case UInt8(ascii: "\""): result.append(contentsOf: "&quot;".utf8)
                case UInt8(ascii: "'"): result.append(contentsOf: "&#039;".utf8)
                case let byte: result.append(byte)
                }
            }
            return Text(bytes: result)
        }
    }

    private static func scalars(_ text: Text, plain: String, _ escape: (Unicode.Scalar) -> String) -> Text {
        var result = ""
        for scalar in text.string.unicodeScalars {
            let isPlain = scalar.isASCII && (UInt8(scalar.value).isASCIIAlphanumeric || plain.unicodeScalars.contains(scalar))
            if isPlain { result.unicodeScalars.append(scalar) } else { result += escape(scalar) }
        }
        return Text(result)
    }

    private static func hexadecimal(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
