/// The way a request came in.
package enum Interface: Sendable {
    /// FastCGI: the process lives on, other threads serve other requests.
    case fastCGI
    /// CGI/1.1 (RFC 3875): the process serves this one request.
    case cgi
}

/// One request whose body is whole.
package struct Request: Sendable {
    package let environment: Environment

    /// The raw bytes as they arrived; empty if there were none.
    package let body: [UInt8]

    /// What `CONTENT_LENGTH` declared, which is the body's length; nil if the length was unknown, so
    /// that under CGI an upload cut short cannot be told from a whole one.
    package let declaredLength: Int?

    package let interface: Interface

    package init(environment: Environment, body: [UInt8], declaredLength: Int?, interface: Interface) {
        self.environment = environment
        self.body = body
        self.declaredLength = declaredLength
        self.interface = interface
    }
}
