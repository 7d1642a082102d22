/// Why a header of an answer was refused.
package enum HeaderError: Error, Sendable, Equatable {
    /// The name is empty or holds a character that no header name may (RFC 9110 section 5.6.2).
    case name(String)
    /// The value of the named header holds a line end, a NUL or another control character.
    case value(name: String)
    /// The header describes the message itself, which the Gateway alone does.
    case reserved(String)
    /// Name and value together are longer than the 4,000 bytes that every web server takes.
    case tooLong(name: String)

    static let maximumLength = 4000

    static func check(_ name: String, _ value: String) throws(HeaderError) {
        guard HeaderName.isToken(name) else { throw .name(name) }
        guard !HeaderName.isReserved(name) else { throw .reserved(name) }
        guard name.utf8.count + value.utf8.count <= maximumLength else { throw .tooLong(name: name) }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw .value(name: name)
        }
    }
}

extension HeaderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .name(let name):
            "\(name.debugDescription) is no header name: letters, digits and hyphens are"
        case .value(let name):
            "the value of header \(name) holds a line end or another control character: remove it"
        case .reserved(let name):
            "header \(name) is set by Postern itself: leave it out"
        case .tooLong(let name):
            "header \(name) is longer than \(HeaderError.maximumLength) bytes: put the value into the body"
        }
    }
}

/// Rules for the names of headers.
enum HeaderName {
    /// Whether the name is a token (RFC 9110 section 5.6.2).
    static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
    }

    static func isReserved(_ name: String) -> Bool {
        isEqual(name, "Status") || isEqual(name, "Content-Length") || isEqual(name, "Transfer-Encoding")
    }

    /// Whether two names are the same but for the case of ASCII letters.
    static func isEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
