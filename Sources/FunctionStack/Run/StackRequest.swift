package import Values

/// What a run sees of the request that started it.
package struct StackRequest: Sendable {
    package var method: String
    /// As the request line had it, query string included: `/api:hooks/typeform?x=1`.
    package var uri: String
    /// Without the question mark.
    package var queryString: String
    /// Whether the body is proved and the query string is not: then no input that the body names is taken from there.
    package var bodyComesFirst: Bool
    /// `REMOTE_ADDR`
    package var remoteAddress: String
    /// In the order in which they came; a repeated one is there more than once.
    package var headers: [(name: String, value: String)]
    /// `CONTENT_TYPE`, with its parameters, or nil.
    package var contentType: String?
    package var body: [UInt8]
    /// The body as JSON, where somebody parsed it already (see `QueryProgram.readsJSON`).
    package var json: ParsedBody?
    /// From the path, percent-decoded.
    package var pathParameters: [(name: String, value: Text)]
    /// Milliseconds since the epoch.
    package var receivedAt: Int64
    /// Who was found to be signed in, before the run: see `AuthToken`.
    package var identity: Identity?

    package init(
        method: String, uri: String, queryString: String = "", bodyComesFirst: Bool = false, remoteAddress: String = "",
        headers: [(name: String, value: String)] = [], contentType: String? = nil, body: [UInt8] = [],
        json: ParsedBody? = nil, pathParameters: [(name: String, value: Text)] = [], receivedAt: Int64,
        identity: Identity? = nil
    ) {
        self.method = method
        self.uri = uri
        self.queryString = queryString
        self.bodyComesFirst = bodyComesFirst
        self.remoteAddress = remoteAddress
        self.headers = headers
        self.contentType = contentType
        self.body = body
        self.json = json
        self.pathParameters = pathParameters
        self.receivedAt = receivedAt
        self.identity = identity
    }
}

/// A body that was parsed, or why it could not be.
package enum ParsedBody: Sendable {
    case value(Value)
    /// What is wrong with it, for the sender: `Invalid JSON at byte 12: …`.
    case malformed(String)
}
