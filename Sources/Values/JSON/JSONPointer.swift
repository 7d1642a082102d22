/// A place in a JSON document, as RFC 6901 writes it: `/data/0/id`.
package struct JSONPointer: Sendable, Equatable {
    /// As written: `/data/id`.
    package let text: String
    let tokens: [Text]

    /// Reads the text form; nil unless it is empty (the whole document) or begins with `/`, with `~` only in
    /// `~0` (`~`) and `~1` (`/`).
    package init?(_ text: String) {
        self.text = text
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [Text] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(Text(bytes: token))
        }
        self.tokens = tokens
    }

    /// The member of the document in which the place lies; nil for the document itself.
    package var firstMember: Text? { tokens.first }

    /// The member, if the place is that of one member of the document.
    package var onlyMember: Text? { tokens.count == 1 ? tokens.first : nil }

    /// The value there, or nil if the document has none. Arrays take decimal positions without leading zeros;
    /// `-`, the place behind the last element, never holds a value.
    package func value(in document: Value) -> Value? {
        var value = document
        for token in tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let position = Self.position(token), position < elements.count else { return nil }
                value = elements[position]
            default:
                return nil
            }
        }
        return value
    }

    private static func unescaped(_ part: Substring.UTF8View) -> [UInt8]? {
        var token: [UInt8] = []
        var bytes = part.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "~") else {
                token.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return token
    }

    static func position(_ token: Text) -> Int? {
        token.withBytes { bytes in
            guard !bytes.isEmpty, bytes[0] &- UInt8(ascii: "0") < 10 else { return nil }
            guard bytes[0] != UInt8(ascii: "0") || bytes.count == 1 else { return nil }
            return Integer.parse(bytes).flatMap { Int(exactly: $0) }
        }
    }
}
