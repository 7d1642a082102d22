import Values

/// The headers that a stack sets on its answer.
struct ResponseHeaders {
    private var list: [(name: String, value: String)] = []
    /// What a status line such as `HTTP/1.1 302 Found` set.
    private(set) var status: Int?

    /// The content type that the stack set.
    var contentType: String? { list.last { $0.name.lowercased() == "content-type" }?.value }

    /// `Name: value`, or a status line.
    ///
    /// - Throws: `StackError` if it is no header, or one with which a stack could steer the web server.
    mutating func set(_ line: Text, replaces: Bool) throws {
        if line.hasPrefix("HTTP/") { return try setStatus(line.string) }
        guard let text = line.validString, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw StackError.mistake("A header is 'Name: value'")
        }
        let name = String(text[..<colon])
        let value = String(text[text.utf8.index(after: colon)...]).trimmedOfWhiteSpace
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
            throw StackError.mistake("A header's name consists of letters, digits and !#$%&'*+-.^_`|~")
        }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
            throw StackError.mistake("The header \(name) holds a control character, such as the end of a line")
        }
        let key = name.lowercased()
        guard !SteeringHeader.isOne(key) else {
            throw StackError.mistake("The header \(name) is the web server's own, a stack can't set it")
        }
        if replaces { list.removeAll { $0.name.lowercased() == key } }
        list.append((name, value))
    }

    private mutating func setStatus(_ line: String) throws {
        let words = line.split(separator: " ")
        guard words.count > 1, let status = Int(words[1]), words[1].utf8.count == 3, (200..<600).contains(status) else {
            throw StackError.mistake("A status line is 'HTTP/1.1 302 Found', with a status from 200 to 599")
        }
        self.status = status
    }

    /// All headers, once the status is known.
    ///
    /// - Throws: `StackError` for a local address without a redirecting status: the web server would answer with
    ///   that page itself.
    func checked() throws -> [(name: String, value: String)] {
        guard !(300..<400).contains(status ?? 200) else { return list }
        let isLocal = list.contains { $0.name.lowercased() == "location" && $0.value.hasPrefix("/") }
        guard !isLocal else {
            throw StackError.mistake(
                "The header Location names a local page without a redirecting status; set 'HTTP/1.1 302 Found' as well")
        }
        return list
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
