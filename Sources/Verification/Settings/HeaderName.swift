internal import Values

/// Rules for the names of headers.
enum HeaderName {
    /// Whether the name is a token (RFC 9110 section 5.6.2).
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether an answer may have it where a sender's entry asks for that: it steers no web server, not even by a local
    /// `Location`, and says nothing else of the body.
    static func mayBeAnswered(_ name: String) -> Bool {
        let key = name.lowercased()
        return isValid(name) && !SteeringHeader.isOne(key) && key != "location" && key != "content-type"
    }

    /// Whether two names stand for one header. A CGI variable has `_` for `-` and no letter case, so names that
    /// differ only in these are one.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { folded($0) == folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : lowercased(byte) }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
