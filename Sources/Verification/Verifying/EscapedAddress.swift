internal import Cryptography

/// Addresses as some senders sign them.
enum EscapedAddress {
    /// Path and query with these characters decoded, and no others.
    ///
    /// Source: https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
    static func decodedForHubSpot(_ uri: [UInt8]) -> [UInt8] {
        decoded(uri) { ":/?@!$'()*,;".utf8.contains($0) }
    }

    /// Path and query, the query escaped as a component and then everything as an address, so that the query is
    /// escaped twice.
    ///
    /// Source: contentful/node-apps-toolkit, src/requests/utils.ts.
    static func escapedForContentful(_ uri: [UInt8]) -> [UInt8] {
        let end = uri.firstIndex(of: UInt8(ascii: "?")) ?? uri.count
        let path = escaped(uri[..<end], keeping: ";,/?:@&=+$-_.!~*'()#")
        let query = uri[min(end + 1, uri.count)...]
        guard !query.isEmpty else { return path }
        let once = escaped(query, keeping: "!'()*-._~")
        return path + [UInt8(ascii: "?")] + escaped(once[...], keeping: ";,/?:@&=+$-_.!~*'()#")
    }

    /// An address with those characters decoded that cannot stand in one as they are: its owner may have written them
    /// so, and whoever called it had to escape them.
    static func unescaped(_ uri: [UInt8]) -> [UInt8] {
        decoded(uri) { $0 <= 0x20 || $0 >= 0x7F || "\"<>`{}|\\^".utf8.contains($0) }
    }

    private static func decoded(_ text: [UInt8], where isDecoded: (UInt8) -> Bool) -> [UInt8] {
        guard text.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), text.count - index > 2,
                let byte = Hexadecimal.decode(text.span.extracting(index + 1..<index + 3))?.first, isDecoded(byte)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    private static func escaped(_ text: ArraySlice<UInt8>, keeping kept: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes.append(byte)
            default:
                if kept.utf8.contains(byte) {
                    bytes.append(byte)
                } else {
                    bytes += Array("%\(Hexadecimal.encode([byte]).uppercased())".utf8)
                }
            }
        }
        return bytes
    }
}
