/// Finds the parts between the boundaries.
struct MultipartParser {
    private struct Headers {
        var name: Text?
        var filename: Text?
        var contentType: Text?
    }

    /// A line break and `--boundary`
    private let line: [UInt8]
    private let limits: Multipart.Limits

    init(boundary: [UInt8], limits: Multipart.Limits) {
        line = [0x0d, 0x0a] + boundary
        self.limits = limits
    }

    mutating func parse(_ body: Span<UInt8>) throws(MultipartError) -> [Multipart.Part] {
        var search = ByteSearch(line.span)
        guard var found = nextDelimiter(body, from: 0, &search) else { throw MultipartError(.noPart, at: 0) }
        var parts: [Multipart.Part] = []
        while !found.isLast {
            guard parts.count < limits.parts else { throw MultipartError(.tooManyParts(limits.parts), at: found.next) }
            var position = found.next
            let headers = try parseHeaders(body, &position)
            // The line break before the boundary belongs to it; it may be the one that ends the headers.
            guard let next = nextDelimiter(body, from: position - 2, &search) else {
                throw MultipartError(.unterminated, at: position)
            }
            guard let name = headers.name else { throw MultipartError(.noName, at: found.next) }
            let end = max(position, next.start)
            parts.append(
                Multipart.Part(
                    name: name, filename: headers.filename, contentType: headers.contentType, range: position..<end))
            found = next
        }
        return parts
    }

    /// The next line that is the delimiter. `start` is the end of what it parts off, `next` where its next part begins.
    private func nextDelimiter(
        _ body: Span<UInt8>, from: Int, _ search: inout ByteSearch
    ) -> (start: Int, next: Int, isLast: Bool)? {
        var from = from
        if from == 0, let first = delimiter(body, from: 0, start: 0) { return first }
        // With the line break before it: in most bodies that begins with a rarer byte than `-`.
        while let found = search.next(line.span, in: body, from: from) {
            from = found + 1
            if let next = delimiter(body, from: found + 2, start: found) { return next }
        }
        return nil
    }

    /// The delimiter that stands at a place, if its line has nothing else.
    private func delimiter(_ body: Span<UInt8>, from: Int, start: Int) -> (start: Int, next: Int, isLast: Bool)? {
        var end = from + line.count - 2
        guard end <= body.count, body.extracting(from..<end).hasSameBytes(as: line.span.extracting(2..<line.count)) else { return nil }
        let isLast = body.count - end >= 2 && body[end] == UInt8(ascii: "-") && body[end + 1] == UInt8(ascii: "-")
        if isLast { return (start, end + 2, true) }
        while end < body.count, body[end] == 0x20 || body[end] == 0x09 { end += 1 }
        guard body.count - end >= 2, body[end] == 0x0d, body[end + 1] == 0x0a else { return nil }
        return (start, end + 2, false)
    }

    private func parseHeaders(_ body: Span<UInt8>, _ position: inout Int) throws(MultipartError) -> Headers {
        var headers = Headers()
        var count = 0
        while true {
            let start = position
            let end = try endOfLine(body, from: start)
            position = end + 2
            if end == start { return headers }
            count += 1
            guard count <= limits.headers else { throw MultipartError(.tooManyHeaders(limits.headers), at: start) }
            try parseHeader(body.extracting(start..<end), at: start, into: &headers)
        }
    }

    private func endOfLine(_ body: Span<UInt8>, from start: Int) throws(MultipartError) -> Int {
        var index = start
        while body.count - index >= 2 {
            if body[index] == 0x0d, body[index + 1] == 0x0a { return index }
            guard index - start < limits.headerLength else {
                throw MultipartError(.headerTooLong(limits.headerLength), at: start)
            }
            index += 1
        }
        throw MultipartError(.unterminated, at: start)
    }

    private func parseHeader(
        _ line: Span<UInt8>, at offset: Int, into headers: inout Headers
    ) throws(MultipartError) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw MultipartError(.malformedHeader, at: offset)
        }
        let name = Text(line.extracting(0..<colon)).string.lowercased()
        let value = Text(line.extracting(colon + 1..<line.count)).string
        switch name {
        case "content-disposition":
            guard headers.name == nil, let disposition = MediaType(value) else {
                throw MultipartError(.malformedHeader, at: offset)
            }
            guard disposition.type == "form-data", let field = disposition["name"] else {
                throw MultipartError(.noName, at: offset)
            }
            headers.name = Text(Self.unescaped(field))
            headers.filename = disposition["filename"].map { Text(Self.lastComponent(Self.unescaped($0))) }
        case "content-type":
            headers.contentType = Text(Self.trimmed(value))
        default:
            // RFC 7578, section 4.8: other headers are to be ignored.
            guard name.utf8.allSatisfy(\.isTokenCharacter) else { throw MultipartError(.malformedHeader, at: offset) }
        }
    }

    /// The three characters that browsers percent-encode in names (WHATWG, multipart form data).
    private static func unescaped(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        return Text(name).replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n").string
    }

    /// A file's name without the folders that some senders put before it (RFC 7578, section 4.2).
    private static func lastComponent(_ path: String) -> String {
        let bytes = path.utf8
        guard let slash = bytes.lastIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) else {
            return path
        }
        return String(path[bytes.index(after: slash)...])
    }

    private static func trimmed(_ value: String) -> String {
        let bytes = Array(value.utf8)
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
