import Values

/// Filters that make text harmless inside of other text.
enum EscapeFilters {
    static let definitions: [FilterDefinition] = [
        changing("escape") { escaped($0, alsoMarkup: true) },
        changing("text_escape") { escaped($0, alsoMarkup: false) },
        changing("text_unescape", unescaped),
        changing("addslashes") { bytes in
            var result: [UInt8] = []
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
                case 0: result += [UInt8(ascii: "\\"), UInt8(ascii: "0")]
                default: result.append(byte)
                }
            }
            return result
        },
    ]

    private static func changing(_ name: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]) -> FilterDefinition {
        .plain(name) { input, _, context in
            try context.result(Text(bytes: change(input.textOperand(name).bytes)))
        }
    }

    /// `escape` does what both places of the documentation say: control characters, double quotes and backslashes get a
    /// backslash, `<`, `>` and `&` become entities of HTML.
    private static func escaped(_ bytes: [UInt8], alsoMarkup: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "<") where alsoMarkup: result += Array("&lt;".utf8)
            case UInt8(ascii: ">") where alsoMarkup: result += Array("&gt;".utf8)
            case UInt8(ascii: "&") where alsoMarkup: result += Array("&amp;".utf8)
            default:
                if let letter = letters[byte] {
                    result += [UInt8(ascii: "\\"), letter]
                } else {
                    result.append(byte)
                }
            }
        }
        return result
    }

    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let next = bytes[index + 1]
            if let control = letters.first(where: { $0.value == next })?.key {
                result.append(control)
            } else if [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'")].contains(next) {
                result.append(next)
            } else {
                result += [UInt8(ascii: "\\"), next]
            }
            index += 2
        }
        return result
    }

    /// The letters that stand for control characters behind a backslash.
    private static let letters: [UInt8: UInt8] = [
        0x08: UInt8(ascii: "b"), 0x09: UInt8(ascii: "t"), 0x0a: UInt8(ascii: "n"), 0x0c: UInt8(ascii: "f"),
        0x0d: UInt8(ascii: "r"),
    ]
}
