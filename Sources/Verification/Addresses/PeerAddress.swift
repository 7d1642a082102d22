package import Values

/// Who is at the other end of a request's connection, as the web server says: `REMOTE_ADDR`, which no request can set.
/// What a request says of itself or of those on the way (`X-Forwarded-For`, `Forwarded`) counts for nothing.
package enum PeerAddress: Sendable, Equatable {
    case missing
    case empty
    case repeated(count: Int)
    /// It is no IP address: a connection over a socket of the file system has none.
    case malformed
    case address(IPAddress)

    /// From the one value of `REMOTE_ADDR`.
    package init(_ text: Span<UInt8>) {
        self = text.isEmpty ? .empty : IPAddress(text).map(Self.address) ?? .malformed
    }
}
