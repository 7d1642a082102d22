/// A body with the lengths of its chunks, as it goes over the wire (RFC 9112 section 7.1).
package enum ChunkedBody {
    /// What the chunks hold together; nil for what is no such body, whole.
    package static func content(of body: [UInt8]) -> [UInt8]? {
        var content: [UInt8] = []
        var rest = body[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end - rest.startIndex <= 64 {
            guard let count = length(rest[..<end]) else { return nil }
            rest = rest[(end + 1)...]
            if count == 0 { return content }
            guard rest.count >= count else { return nil }
            content += rest.prefix(count)
            rest = rest.dropFirst(count)
            if rest.first == UInt8(ascii: "\r") { rest = rest.dropFirst() }
            guard rest.first == UInt8(ascii: "\n") else { return nil }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// The hexadecimal number before an extension.
    private static func length(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: " ") }
        guard (1...7).contains(digits.count), digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-")
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
