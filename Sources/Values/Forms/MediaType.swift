/// A media type with its parameters, `text/html; charset=utf-8` (RFC 9110, section 8.3.1).
///
/// The same grammar, without the `/`, is that of `Content-Disposition`.
package struct MediaType: Sendable, Equatable {
    /// In lower case.
    package let type: String
    /// In lower case; empty if there is none.
    package let subtype: String
    /// Names in lower case, values as they came; the first of a name counts.
    package let parameters: [(name: String, value: String)]

    /// Nil if the text is malformed.
    package init?(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        scanner.skipSpace()
        guard let type = scanner.token() else { return nil }
        self.type = type.lowercased()
        if scanner.skip(UInt8(ascii: "/")) {
            guard let subtype = scanner.token() else { return nil }
            self.subtype = subtype.lowercased()
        } else {
            subtype = ""
        }
        var parameters: [(name: String, value: String)] = []
        scanner.skipSpace()
        while scanner.skip(UInt8(ascii: ";")) {
            scanner.skipSpace()
            guard !scanner.isAtEnd else { break }
            guard let name = scanner.token() else { return nil }
            scanner.skipSpace()
            guard scanner.skip(UInt8(ascii: "=")) else { return nil }
            scanner.skipSpace()
            guard let value = scanner.value() else { return nil }
            parameters.append((name.lowercased(), value))
            scanner.skipSpace()
        }
        guard scanner.isAtEnd else { return nil }
        self.parameters = parameters
    }

    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    package static func == (left: MediaType, right: MediaType) -> Bool {
        left.type == right.type && left.subtype == right.subtype
            && left.parameters.elementsEqual(right.parameters) { $0 == $1 }
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        mutating func skipSpace() {
            while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        mutating func token() -> String? {
            let start = index
            while index < bytes.count, bytes[index].isTokenCharacter { index += 1 }
            return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
        }

        mutating func value() -> String? {
            guard skip(UInt8(ascii: "\"")) else {
                let start = index
                while index < bytes.count, bytes[index] > 0x20, bytes[index] != UInt8(ascii: ";") { index += 1 }
                return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
            }
            var value: [UInt8] = []
            while index < bytes.count {
                if skip(UInt8(ascii: "\"")) { return String(decoding: value, as: UTF8.self) }
                // A browser writes `"` as `%22` and a backslash as it is: only these two can be escaped.
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
                    bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "\\")
                {
                    index += 1
                }
                value.append(bytes[index])
                index += 1
            }
            return nil
        }
    }
}

extension UInt8 {
    /// Whether it may stand in a token (RFC 9110, section 5.6.2).
    package var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}
