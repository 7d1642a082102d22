/// A request that is to be signed as a sender would.
package struct OutgoingMessage: Sendable, Equatable {
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: [UInt8]

        package init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }

        package init(_ name: String, _ value: String) {
            self.init(name, Array(value.utf8))
        }
    }

    package var method: String
    /// Path and query, percent-encoded.
    package var uri: String
    package var headers: [Header]
    package var body: [UInt8]
    /// The delivery's id, where the sender puts it into a header; nil for one made at random.
    package var id: String?

    package init(
        method: String = "POST", uri: String = "/", headers: [Header] = [], body: [UInt8] = [], id: String? = nil
    ) {
        self.method = method
        self.uri = uri
        self.headers = headers
        self.body = body
        self.id = id
    }
}

extension OutgoingMessage {
    func value(of header: String) -> [UInt8]? {
        headers.first { HeaderName.areEqual($0.name, header) }?.value
    }

    /// Sets a header, in place of what was given under its name.
    ///
    /// - Throws: `SigningError` for a value that would not pass as a header.
    mutating func set(_ name: String, _ value: [UInt8]) throws(SigningError) {
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw .unusableHeader(name) }
        headers.removeAll { HeaderName.areEqual($0.name, name) }
        headers.append(Header(name, value))
    }

    /// Adds a parameter to the query, in place of what was given under its name.
    mutating func setQuery(_ name: String, _ value: [UInt8]) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let kept = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { pair in
            pair.prefix { $0 != "=" } != name
        }
        let pairs = kept.map(String.init) + ["\(Self.percentEncoded(Array(name.utf8)))=\(Self.percentEncoded(value))"]
        uri = "\(parts.first ?? "/")?" + pairs.joined(separator: "&")
    }

    /// All but unreserved characters (RFC 3986 section 2.3).
    private static func percentEncoded(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return text
    }
}
