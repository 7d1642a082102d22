import Cryptography
import Values
import Verification

/// A scheme that signs with a private key, and a request that such a key has signed.
struct SignatureLoop {
    let verifier: Verifier
    let request: HeldRequest

    /// - Parameter name: `ed25519`, `ecdsa-p256-sha256`, `rsa-sha256`, or `ES256`, a token with the body's digest.
    init(_ name: String) throws {
        let key: AsymmetricKey =
            switch name {
            case "ed25519": try .generateEd25519()
            case "rsa-sha256": try .generateRSA(bits: 2048)
            default: try .generate(on: .p256)
            }
        let rule = try VerificationRule(
            name == "ES256"
                ? "jws header=X-Signature algorithm=ES256 body-claim=b timestamp-claim=iat"
                : "\(name) header=X-Signature encoding=base64")
        var secrets = SecretSet()
        let text = JSON.print(.object(try JSONWebKey(.asymmetric(key)).object()))
        try secrets.add(text, from: "benchmark")
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 2048)
        let signed = try Signer(rule, secrets: secrets).sign(OutgoingMessage(body: body), at: 0)
        request = HeldRequest(body: body, signature: signed.headers.filter { $0.name == "X-Signature" }.map(\.value))
        verifier = try Verifier(rule, secrets: secrets)
    }

    struct HeldRequest: SignedRequest {
        let method = "POST"
        let uri: [UInt8] = [UInt8(ascii: "/")]
        let body: [UInt8]
        let signature: [[UInt8]]

        func values(ofHeader name: String) -> [[UInt8]] { name == "X-Signature" ? signature : [] }
    }

    func isVerified() -> Bool {
        if case .verified = verifier.verify(request, at: 0) { true } else { false }
    }
}
