package import Values

/// One header line of a request or an answer.
package struct HeaderField: Sendable, Equatable {
    package var name: Text
    package var value: Text

    package init(_ name: Text, _ value: Text) {
        self.name = name
        self.value = value
    }
}

/// What makes two deliveries of one location the same event.
package struct DedupeKey: Sendable, Equatable {
    /// What the value is: a header's name, a pointer, a digest. A value of one kind is never taken for another's.
    package var kind: String
    package var value: [UInt8]

    package init(kind: String, value: [UInt8]) {
        self.kind = kind
        self.value = value
    }
}

/// A request as it is kept, so that it can be run again.
package struct StoredRequest: Sendable, Equatable {
    package var method: String
    /// The path with its percent escapes, without the query.
    package var path: Text
    /// What follows the question mark; nil without one.
    package var query: Text?
    /// The headers as they are stored: packed where the request is made, not on the writer's thread.
    let packedHeaders: [UInt8]
    package var contentType: Text?
    package var body: [UInt8]

    /// - Parameter headers: in their order; those that carry credentials already redacted.
    package init(
        method: String, path: Text, query: Text?, headers: [HeaderField], contentType: Text?, body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.query = query
        packedHeaders = headers.packed
        self.contentType = contentType
        self.body = body
    }

    init(method: String, path: Text, query: Text?, packedHeaders: [UInt8], contentType: Text?, body: [UInt8]) {
        self.method = method
        self.path = path
        self.query = query
        self.packedHeaders = packedHeaders
        self.contentType = contentType
        self.body = body
    }

    /// In their order.
    package var headers: [HeaderField] { [HeaderField](packed: packedHeaders.span) }
}

/// A verified request on its way into the inbox.
package struct Arrival: Sendable {
    /// What the event is called if it is a new one.
    package var id: EventID
    /// The location's name, `POSTERN_NAME`.
    package var location: String
    /// The sender's name in the catalogue, or the scheme's.
    package var sender: String
    /// Milliseconds since 1970.
    package var received: Int64
    /// nil where nothing tells two deliveries apart: then each is an event.
    package var key: DedupeKey?
    /// Which of the location's secrets verified the request; none where no secret was needed.
    package var secrets: [SecretMark]
    package var request: StoredRequest

    package init(
        id: EventID, location: String, sender: String, received: Int64, key: DedupeKey?, secrets: [SecretMark],
        request: StoredRequest
    ) {
        self.id = id
        self.location = location
        self.sender = sender
        self.received = received
        self.key = key
        self.secrets = secrets
        self.request = request
    }
}

/// An answer as it was given, to be given again byte for byte.
package struct StoredAnswer: Sendable, Equatable {
    package var status: Int
    package var headers: [HeaderField]
    package var body: [UInt8]

    package init(status: Int, headers: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Whether the sender takes it as success and will not deliver again.
    package var isSuccess: Bool { (200..<300).contains(status) }
}
