/// What verification reads of a request: bytes as they arrived.
package protocol SignedRequest {
    /// The verb, as it came.
    var method: String { get }

    /// Path and query as they came, percent-encoding untouched (`REQUEST_URI`).
    var uri: [UInt8] { get }

    /// The raw body, whole.
    var body: [UInt8] { get }

    /// Every value of a header, in the order of arrival.
    ///
    /// - Parameter name: as in HTTP, in any letter case: `X-Hub-Signature-256`.
    func values(ofHeader name: String) -> [[UInt8]]

    /// The names of all headers that came, for the diagnosis of a request that was refused; none where nobody knows.
    var headerNames: [String] { get }

    /// Who is at the other end of the connection.
    var peer: PeerAddress { get }
}

extension SignedRequest {
    package var headerNames: [String] { [] }

    /// Where nobody knows, no list of addresses lets the request in.
    package var peer: PeerAddress { .missing }
}
