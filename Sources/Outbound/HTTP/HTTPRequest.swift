/// A request to another server.
package struct HTTPRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    /// Nil for none, which is not the same as an empty one.
    package var body: [UInt8]?
    /// For the whole exchange, redirects included.
    package var milliseconds: Int64 = 60_000
    /// Bytes of the answer's body, after it was decompressed.
    package var answerLimit = 16 << 20
    package var followsRedirects = false
    package var certificates = TLSCertificates()

    package init(method: String = "POST", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What TLS takes beside the host's own authorities: PEM texts, never paths. An empty one is none.
package struct TLSCertificates: Sendable, Equatable {
    /// The only authorities that are believed.
    package var authority: [UInt8] = []
    /// How the request shows who it comes from.
    package var own: [UInt8] = []
    package var key: [UInt8] = []
    package var passphrase = ""

    package init() {}

    var isEmpty: Bool { self == TLSCertificates() }
}

/// What came back.
package struct HTTPAnswer: Sendable {
    package var status: Int
    /// In the order of their arrival, a repeated one each time.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
}
