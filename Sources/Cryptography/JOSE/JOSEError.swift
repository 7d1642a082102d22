/// Why a token or a key of JOSE was refused. It never holds key material, nor anything of a token.
package enum JOSEError: Error, Sendable, Equatable {
    /// It is not laid out as a token of its kind; what is wrong ends a sentence.
    case malformed(String)
    /// Its header names another algorithm than the one that is wanted, or none.
    case algorithm(wanted: String)
    /// Its header demands an extension (`crit`, `zip`, `b64`) that is not understood.
    case extensionDemanded(String)
    /// The signature is not that of the message under this key.
    case signature
    /// It was not encrypted under this key, or has been changed.
    case decryption
    /// The key cannot be used so; the reason ends a sentence.
    case key(String)
    case cryptography(CryptographyError)
}

extension JOSEError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let what): "the token is malformed: \(what)"
        case .algorithm(let wanted): "the token is not one of \(wanted)"
        case .extensionDemanded(let name): "the token demands the extension \(name), which is not supported"
        case .signature: "the signature is not valid"
        case .decryption: "the token cannot be decrypted with this key"
        case .key(let reason): "the key cannot be used: \(reason)"
        case .cryptography(let error): "\(error)"
        }
    }
}

extension JOSEError {
    /// Runs something of libcrypto.
    static func wrapping<Result>(
        _ body: () throws(CryptographyError) -> Result
    ) throws(JOSEError) -> Result {
        do throws(CryptographyError) {
            return try body()
        } catch {
            throw .cryptography(error)
        }
    }
}
