/// Where a message carries what proves it: found by comparing what two secrets make of the same message.
struct SignatureCarriers: Sendable {
    /// Names of headers.
    private(set) var headers: [String] = []
    private(set) var isInQuery = false
    private(set) var isInBody = false

    init() {}

    init(_ message: OutgoingMessage, _ other: OutgoingMessage) {
        headers = message.headers.filter { other.value(of: $0.name) != $0.value }.map(\.name)
        isInQuery = message.uri != other.uri
        isInBody = message.body != other.body
    }

    func contains(_ header: String) -> Bool { headers.contains { HeaderName.areEqual($0, header) } }
}

extension SignatureCarriers {
    /// The message as it was before anything proved it.
    func removed(from message: OutgoingMessage, unsigned: OutgoingMessage) -> OutgoingMessage {
        var message = message
        message.headers.removeAll { contains($0.name) }
        if isInQuery { message.uri = unsigned.uri }
        if isInBody { message.body = unsigned.body }
        return message
    }

    /// The message with each header that proves it twice, and the parameter of the query.
    func repeated(in message: OutgoingMessage) -> OutgoingMessage {
        var message = message
        message.headers += message.headers.filter { contains($0.name) }
        if isInQuery { message.uri += "&" + Self.lastPair(of: message.uri) }
        return message
    }

    /// The message with what proves it emptied.
    func emptied(in message: OutgoingMessage) -> OutgoingMessage {
        var message = message
        for index in message.headers.indices where contains(message.headers[index].name) { message.headers[index].value = [] }
        if isInQuery {
            let pair = Self.lastPair(of: message.uri)
            let name = pair.prefix { $0 != "=" }
            message.uri = message.uri.dropLast(pair.count) + name + "="
        }
        return message
    }

    /// The message with one character of what proves it taken from another's.
    func mixed(_ message: OutgoingMessage, with other: OutgoingMessage) -> OutgoingMessage {
        var message = message
        for index in message.headers.indices where contains(message.headers[index].name) {
            guard let value = other.value(of: message.headers[index].name) else { continue }
            message.headers[index].value = Self.mixed(message.headers[index].value, value)
        }
        if isInQuery {
            message.uri = String(decoding: Self.mixed(Array(message.uri.utf8), Array(other.uri.utf8)), as: UTF8.self)
        }
        if isInBody { message.body = Self.mixed(message.body, other.body) }
        return message
    }

    /// The parameter that a signer adds to a query is its last.
    private static func lastPair(of uri: String) -> Substring {
        let start = uri.lastIndex { $0 == "&" || $0 == "?" }.map { uri.index(after: $0) } ?? uri.endIndex
        return uri[start...]
    }

    private static func mixed(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] {
        var bytes = bytes
        // Not what would make an escape malformed.
        let differing = zip(bytes, other).enumerated().filter { $0.element.0 != $0.element.1 }
        let plain = differing.first { isAlphanumeric($0.element.0) && isAlphanumeric($0.element.1) }
        if let position = (plain ?? differing.first)?.offset { bytes[position] = other[position] }
        return bytes
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
