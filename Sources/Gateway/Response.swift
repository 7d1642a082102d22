/// An answer: status, headers, body.
///
/// A header that could steer the message itself cannot be set: names are tokens, values hold neither
/// line ends nor NUL, and `Status`, `Content-Length` and `Transfer-Encoding` are the Gateway's own.
package struct Response: Sendable, Equatable {
    /// One header line.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// From 200 to 599.
    package let status: Int
    package private(set) var headers: [Header] = []
    package var body: [UInt8]

    /// - Parameter status: from 200 to 599; anything else becomes 500, as no web server would pass it.
    package init(status: Int, body: [UInt8] = []) {
        self.status = (200...599).contains(status) ? status : 500
        self.body = body
    }

    /// An answer with a body of the given media type.
    package init(status: Int, type: MediaType, body: [UInt8]) {
        self.init(status: status, body: body)
        headers = [Header(name: "Content-Type", value: type.rawValue)]
    }

    /// The media types that Postern itself answers in.
    package enum MediaType: String, Sendable {
        case json = "application/json"
        case text = "text/plain; charset=utf-8"
    }

    /// Whether the status forbids a body (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
    package var hasNoBody: Bool {
        status == 204 || status == 205 || status == 304
    }

    /// The first value of a header, its name in any letter case; nil if it is not set.
    package func header(_ name: String) -> String? {
        headers.first { HeaderName.isEqual($0.name, name) }?.value
    }

    /// Sets a header, in place of any of that name.
    /// - Throws: ``HeaderError`` if name or value cannot be sent.
    package mutating func set(_ name: String, _ value: String) throws(HeaderError) {
        try HeaderError.check(name, value)
        headers.removeAll { HeaderName.isEqual($0.name, name) }
        headers.append(Header(name: name, value: value))
    }

    /// Adds a header beside those of that name, as `Set-Cookie` needs it.
    /// - Throws: ``HeaderError`` if name or value cannot be sent.
    package mutating func add(_ name: String, _ value: String) throws(HeaderError) {
        try HeaderError.check(name, value)
        headers.append(Header(name: name, value: value))
    }
}
