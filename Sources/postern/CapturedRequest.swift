import Verification

/// A request that was recorded, for `postern verify`.
struct CapturedRequest: SignedRequest {
    var method: String
    /// Path and query.
    var uri: [UInt8]
    var headers: [(name: String, value: [UInt8])]
    var body: [UInt8]
    var peer = PeerAddress.missing

    var headerNames: [String] { headers.map(\.name) }

    func values(ofHeader name: String) -> [[UInt8]] { Self.values(ofHeader: name, among: headers) }
}

extension CapturedRequest {
    /// Reads a request as HTTP/1.1 writes it: the request line, which may be missing, headers, an empty line, and the
    /// body as it is to the end of the file. Lines end with LF or CRLF. Chunks of the body are put together.
    ///
    /// - Throws: `UsageError` for what is no request.
    init(http bytes: [UInt8]) throws(UsageError) {
        var reader = Reader(rest: bytes[...])
        var line = reader.line()
        method = "POST"
        uri = [UInt8(ascii: "/")]
        headers = []
        if let first = line, let target = Self.requestLine(first) {
            (method, uri) = target
            line = reader.line()
        }
        while let header = line, !header.isEmpty {
            guard let colon = header.firstIndex(of: UInt8(ascii: ":")), colon > header.startIndex else {
                throw UsageError(
                    "--request: line \(reader.number) is no header: the file holds the request line, headers, an empty line and the body"
                )
            }
            let value = header[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            headers.append((String(decoding: header[..<colon], as: UTF8.self), Array(value)))
            line = reader.line()
        }
        guard !headers.isEmpty else { throw UsageError("--request: the file holds no headers") }
        body = Array(reader.rest)
        if values(ofHeader: "Transfer-Encoding").contains(Array("chunked".utf8)) { joinChunks() }
    }

    /// `POST /path?query HTTP/1.1`; the target may be a whole address.
    private static func requestLine(_ line: ArraySlice<UInt8>) -> (method: String, uri: [UInt8])? {
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count == 2 || words.count == 3 && words[2].starts(with: "HTTP/".utf8),
            words[0].allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        var uri = words[1]
        for scheme in ["https://", "http://"] where uri.starts(with: scheme.utf8) {
            uri = uri.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        }
        return (
            String(decoding: words[0], as: UTF8.self),
            uri.first == UInt8(ascii: "/") ? Array(uri) : [UInt8(ascii: "/")] + uri
        )
    }

    /// A recorder may have left the framing in, or put the body together and left the header.
    private mutating func joinChunks() {
        if let content = ChunkedBody.content(of: body) { body = content }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>
        var number = 0

        /// The next line without its end; nil at the end.
        mutating func line() -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { return nil }
            number += 1
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[..<end]
            rest = end == rest.endIndex ? rest[end...] : rest[(end + 1)...]
            return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
    }
}
