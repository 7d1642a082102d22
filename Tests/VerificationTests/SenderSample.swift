import Verification

/// A sender as the first of its vectors uses it: with the parameters that it takes, and a body that it signs.
struct SenderSample {
    let verify: String
    let secrets: [String]
    let bodies: [[UInt8]]
    /// Where its requests come from.
    let peer: PeerAddress

    /// Read once: each sender's samples are asked for by many tests.
    private static let vectors = Result { try Fixtures.vectors(in: "Senders") }

    init(_ name: String) throws {
        let vectors = try Self.vectors.get().filter { $0.sender == name && $0.expected == "verified" }
        verify = vectors.first?.verify ?? name
        secrets = vectors.first.flatMap { $0.signer ?? $0.secrets.last }.map { [$0] } ?? []
        peer = vectors.first?.request.peer ?? .missing
        bodies = vectors.filter { $0.verify == vectors.first?.verify }.map(\.request.body)
    }
}

extension Vector {
    /// The first word of `verify`.
    var sender: String { verify.split(separator: " ").first.map(String.init) ?? "" }
}
