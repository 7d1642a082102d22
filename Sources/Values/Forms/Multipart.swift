/// A body of the type `multipart/form-data` (RFC 7578).
package struct Multipart: Sendable {
    /// One field. Its bytes stay where they are in the body.
    package struct Part: Sendable, Equatable {
        package var name: Text
        /// As the sender gave it, without folders; nil for a field that is no file.
        package var filename: Text?
        /// Of the part's `Content-Type`, nil if it has none.
        package var contentType: Text?
        /// Where in the body the bytes are.
        package var range: Range<Int>
    }

    /// The bounds of what is read.
    package struct Limits: Sendable {
        package var parts = 1_000
        /// Of one part.
        package var headers = 32
        /// Of one header, in bytes.
        package var headerLength = 8_192
        /// Of `a[b][c]`, the brackets.
        package var depth = 64

        package init() {}
    }

    package let parts: [Part]
    private let limits: Limits

    /// Finds the parts of a body. `contentType` is the request's header, whose `boundary` parts them.
    package init(_ body: Span<UInt8>, contentType: String, limits: Limits = Limits()) throws(MultipartError) {
        guard let type = MediaType(contentType), type.type == "multipart", let boundary = type["boundary"] else {
            throw MultipartError(.noBoundary)
        }
        // RFC 2046, section 5.1.1: 1 to 70 characters.
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw MultipartError(.malformedBoundary)
        }
        var parser = MultipartParser(boundary: Array("--".utf8) + Array(boundary.utf8), limits: limits)
        parts = try parser.parse(body)
        self.limits = limits
    }

    package init(_ body: [UInt8], contentType: String, limits: Limits = Limits()) throws(MultipartError) {
        try self.init(body.span, contentType: contentType, limits: limits)
    }

    /// The fields as one object, named as PHP names them. A field is text; a file is an object of `name`, `type`, `size`,
    /// `mime` and `data`, where `type` is the kind (`image`, `video`, `audio`, `pdf`, `file`).
    package func value(of body: Span<UInt8>) throws(FormError) -> Value {
        var builder = FormBuilder(maximumDepth: limits.depth)
        for part in parts {
            let data = Text(body.extracting(part.range))
            try builder.insert(part.name, part.filename == nil ? .text(data) : .object(part.file(data)))
        }
        return .object(builder.object())
    }

    package func value(of body: [UInt8]) throws(FormError) -> Value {
        try value(of: body.span)
    }
}

extension Multipart.Part {
    fileprivate func file(_ data: Text) -> Object {
        let mime = contentType ?? "application/octet-stream"
        return [
            "name": .text(filename ?? ""),
            "type": .text(Self.kind(of: mime)),
            "size": .integer(Int64(range.count)),
            "mime": .text(mime),
            "data": .text(data),
        ]
    }

    private static func kind(of mime: Text) -> Text {
        guard let type = MediaType(mime.string) else { return "file" }
        return switch (type.type, type.subtype) {
        case ("image", _), ("video", _), ("audio", _): Text(type.type)
        case ("application", "pdf"): "pdf"
        default: "file"
        }
    }
}

/// Why a body is no `multipart/form-data`.
package struct MultipartError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case noBoundary
        case malformedBoundary
        case noPart
        case unterminated
        case malformedHeader
        case noName
        case tooManyParts(Int)
        case tooManyHeaders(Int)
        case headerTooLong(Int)
    }

    package let kind: Kind
    /// In bytes of the body, from 0; nil if the header of the request is at fault.
    package let offset: Int?

    init(_ kind: Kind, at offset: Int? = nil) {
        self.kind = kind
        self.offset = offset
    }

    /// One sentence, with the place.
    package var message: String {
        offset.map { "\(reason) (byte \($0))" } ?? reason
    }

    private var reason: String {
        switch kind {
        case .noBoundary: "The Content-Type is not multipart with a boundary"
        case .malformedBoundary: "The boundary in the Content-Type is not 1 to 70 printable characters"
        case .noPart: "The body does not hold the boundary that the Content-Type names"
        case .unterminated: "A part of the multipart body does not end with the boundary"
        case .malformedHeader: "A header of a part is malformed"
        case .noName: "A part has no Content-Disposition: form-data with a name"
        case .tooManyParts(let limit): "The body has more than \(limit) parts"
        case .tooManyHeaders(let limit): "A part has more than \(limit) headers"
        case .headerTooLong(let limit): "A header of a part is longer than \(limit) bytes"
        }
    }
}

extension MultipartError: CustomStringConvertible {
    package var description: String { message }
}
