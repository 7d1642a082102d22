/// Why a request could not be signed. It holds nothing of a secret.
package enum SigningError: Error, Sendable, Equatable {
    /// The sender signs this header, so its value must be given.
    case missingHeader(String)
    /// The time lies before 1970.
    case time
    /// The value would not pass as a header: it holds a line end or another control character.
    case unusableHeader(String)
    /// The body is no form, where the sender's is one.
    case form
    /// The body is no JSON object that holds the place where something has to stand.
    case noJSON
    /// Something that is signed is missing or malformed.
    case unsignable(String)
    /// The secret is a public key, with which nobody can sign.
    case publicKey
    case library(String)
}

extension SigningError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingHeader(let name): "the sender signs header \(name): give it, '\(name): value'"
        case .time: "the time lies before 1970"
        case .unusableHeader(let name): "the value of header \(name) holds a control character"
        case .form: "the body is no form, by its content type or because of a % without two hexadecimal digits"
        case .noJSON: "the body is no JSON object in which the sender's fields have a place"
        case .unsignable(let sentence): "it cannot be signed: \(sentence)"
        case .publicKey:
            "the secret is a public key: to sign, name a file that holds a private one, in PEM or as a JSON Web Key"
        case .library(let text): "libcrypto failed: \(text)"
        }
    }
}
