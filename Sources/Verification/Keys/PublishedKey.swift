import Cryptography
internal import Values

/// A key that a sender publishes and that has verified a request.
package final class PublishedKey: Sendable {
    /// Where it stands.
    package let address: KeyAddress
    /// What it calls itself.
    private let identifier: Text?

    init(_ identifier: Text?, at address: KeyAddress) {
        self.identifier = identifier
        self.address = address
    }

    /// For people, and for what counts: `key 2026-01 of https://sender.example/jwks.json`.
    package var title: String {
        switch address.content {
        case .certificate: "certificate \(address.url)"
        default: "key \(identifier.map { String($0.string.prefix(128)) } ?? "without an id") of \(address.url)"
        }
    }
}
