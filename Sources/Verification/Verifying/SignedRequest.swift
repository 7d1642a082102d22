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

    /// The values of a header among fields as they came, however many those are.
    package static func values(ofHeader name: String, among fields: [(name: String, value: [UInt8])]) -> [[UInt8]] {
        fields.filter { field in
            field.name.utf8.count == name.utf8.count
                && zip(field.name.utf8, name.utf8).allSatisfy { HeaderName.lowercased($0) == HeaderName.lowercased($1) }
        }.map(\.value)
    }

    /// Where nobody knows, no list of addresses lets the request in.
    package var peer: PeerAddress { .missing }
}
