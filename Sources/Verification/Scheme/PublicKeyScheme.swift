import Cryptography

/// A signature of a private key over parts of the request, as data: the word `ed25519`, `ecdsa-p256-sha256`, `rsa-sha1`,
/// `rsa-sha256` or `rsa-pss-sha256`, the parameters of `HMACScheme` but `key=`, and these:
///
///     signature=der              how ECDSA's is written: der, the ASN.1 of X9.62, or raw, both numbers one after the other
///     key-prefix=TEXT            taken off a key that is text, if it is there; may be repeated
///     keys=https://HOST/PATH     the sender publishes its keys there, as a set of JSON Web Keys
///     certificate-header=NAME    the header that holds the address of the signer's certificate
///     certificates=https://HOST/FOLDER/    what that address has to begin with; a plain name follows
///     certificate-name=HOST      the host that the certificate has to be for
///
/// The secrets are public keys: PEM, a JSON Web Key, or as the sender shows it in base 64 or hexadecimal. Where the
/// sender publishes its keys there need be none; one that is given is the only one that counts.
struct PublicKeyScheme: Sendable, Equatable {
    /// Where the sender publishes its keys.
    enum Publication: Sendable, Equatable {
        case keySet(KeyAddress)
        case certificate(header: String, folder: String, host: String)
    }

    var algorithm: SignatureScheme
    var form: SignatureForm
    let keyPrefixes: [String]
    let publication: Publication?

    static let names = ["ed25519", "ecdsa-p256-sha256", "rsa-sha1", "rsa-sha256", "rsa-pss-sha256"]

    private enum ECDSAForm: String, CaseIterable { case der, raw }

    /// nil if the word is none of the names.
    init?(_ name: String, _ parameters: inout SchemeParameters) throws(SettingProblem) {
        switch name {
        case "ed25519": algorithm = .ed25519
        case "ecdsa-p256-sha256":
            let form: ECDSAForm? = try parameters.choose("signature")
            algorithm = .ecdsa(.sha256, form == .raw ? .raw : .der)
        case "rsa-sha1": algorithm = .rsa(.sha1)
        case "rsa-sha256": algorithm = .rsa(.sha256)
        case "rsa-pss-sha256": algorithm = .rsaPSS(.sha256)
        default: return nil
        }
        var cover = SignatureForm.BodyCover.signed
        form = try SignatureForm(&parameters, cover: &cover)
        keyPrefixes = parameters.takeAll("key-prefix")
        publication = try Self.publication(&parameters)
        try parameters.finish()
        try form.check(cover, parameters)
    }

    /// How long a signature is, where that is always the same.
    var byteCount: Int? {
        switch algorithm {
        case .ed25519, .ecdsa(_, .raw): 64
        case .ecdsa(_, .der), .rsa, .rsaPSS: nil
        }
    }

    private static func publication(_ parameters: inout SchemeParameters) throws(SettingProblem) -> Publication? {
        let keySet = try KeyAddress(&parameters)
        let header = try parameters.headerName("certificate-header")
        let folder = parameters.take("certificates")
        let host = parameters.take("certificate-name")
        if let keySet {
            guard header == nil, folder == nil, host == nil else {
                throw parameters.problem(
                    .contradiction, "has keys= beside certificates=",
                    remedy: "the sender publishes its keys in one way: leave one of them")
            }
            return .keySet(keySet)
        }
        switch (header, folder, host) {
        case (nil, nil, nil): return nil
        case (let header?, let folder?, let host?):
            guard KeyAddress.isDocument(folder), folder.hasSuffix("/"), !folder.contains("?") else {
                throw parameters.problem(
                    .badValue, "has certificates= with what is no folder",
                    remedy: "write certificates=https://api.example.com/certificates/, with the / at its end")
            }
            return .certificate(header: header, folder: folder, host: host)
        default:
            throw parameters.problem(
                .missingParameter, "has not all of certificate-header=, certificates= and certificate-name=",
                remedy: "a certificate needs all three: who names it, where it may stand, and whose it is")
        }
    }
}

extension KeyAddress {
    /// Reads `keys=`.
    init?(_ parameters: inout SchemeParameters) throws(SettingProblem) {
        guard let url = parameters.take("keys") else { return nil }
        guard let address = KeyAddress(keySet: url) else {
            throw parameters.problem(
                .badValue, "has keys= with what is no https address of a document",
                remedy: "write keys=https://sender.example/.well-known/jwks.json")
        }
        self = address
    }
}
