/// Headers of an answer that are none of its author's business.
package enum SteeringHeader {
    /// Whether a web server obeys it, or it belongs to one connection only (RFC 9110, section 7.6.1).
    ///
    /// - Parameter name: in small letters.
    package static func isOne(_ name: String) -> Bool { name.hasPrefix("x-accel-") || names.contains(name) }

    private static let names: Set<String> = [
        "status", "x-sendfile", "x-lighttpd-send-file", "x-litespeed-location", "connection", "keep-alive",
        "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "content-length", "content-encoding", "date", "server",
    ]
}
