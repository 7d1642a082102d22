package import Values

/// A request that was refused, as it is kept for the operator to find out why.
package struct RefusedRequest: Sendable, Equatable {
    package var id: EventID
    package var location: String
    /// Milliseconds since 1970.
    package var received: Int64
    /// What it was answered.
    package var status: Int
    /// Which check failed and why, as the log has it.
    package var reason: String
    /// The other end of the connection, `REMOTE_ADDR`.
    package var peer: String
    package var method: String
    /// Path and query as they came.
    package var uri: Text
    /// In their order. No credential stands in them, nor elsewhere, but what is known by `Quarantine` to stand for it.
    package var headers: [HeaderField]
    package var body: [UInt8]
    /// Bytes that the body had; nil if nobody knows.
    package var bodySize: Int?
    /// Whether everything that came is kept, so that it can be judged again.
    package var isWhole: Bool

    package init(
        id: EventID, location: String, received: Int64, status: Int, reason: String, peer: String, method: String, uri: Text,
        headers: [HeaderField], body: [UInt8], bodySize: Int?, isWhole: Bool
    ) {
        self.id = id
        self.location = location
        self.received = received
        self.status = status
        self.reason = reason
        self.peer = peer
        self.method = method
        self.uri = uri
        self.headers = headers
        self.body = body
        self.bodySize = bodySize
        self.isWhole = isWhole
    }

    /// Bytes that it takes, about.
    package var size: Int {
        256 + reason.utf8.count + uri.byteCount + body.count
            + headers.reduce(0) { $0 + $1.name.byteCount + $1.value.byteCount + 4 }
    }
}

extension RefusedRequest {
    /// The most bytes of a body that are kept, and of one header's value, of an address, of all headers together. A
    /// signature can only be judged over all that it covers, so what is larger is kept in part and for reading only.
    package static let maximumBody = 256 << 10
    private static let maximumValue = 16 << 10
    private static let maximumHeaders = 64 << 10

    /// What of it may be kept.
    package var bounded: RefusedRequest {
        var copy = self
        if body.count > Self.maximumBody {
            copy.body = Array(body.prefix(4 << 10))
            copy.isWhole = false
        }
        if uri.byteCount > Self.maximumValue {
            copy.uri = Text(bytes: Array(uri.bytes.prefix(Self.maximumValue)))
            copy.isWhole = false
        }
        copy.method = String(method.prefix(32))
        copy.peer = String(peer.prefix(64))
        copy.reason = String(reason.prefix(1_000))
        var rest = Self.maximumHeaders
        copy.headers = []
        for field in headers {
            rest -= field.name.byteCount + field.value.byteCount
            guard rest >= 0, field.value.byteCount <= Self.maximumValue else {
                copy.isWhole = false
                continue
            }
            copy.headers.append(field)
        }
        return copy
    }
}
