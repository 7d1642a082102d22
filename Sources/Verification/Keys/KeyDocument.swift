import Cryptography
internal import Values

/// What stood at a key's address, read once.
package final class KeyDocument: Sendable {
    /// Public keys; of a certificate none, since somebody has to vouch for that first.
    let keys: [JSONWebKey]
    /// The first one is the signer's.
    let certificates: [Certificate]

    /// More keys than anybody publishes at a time.
    private static let maximumCount = 32

    private init(keys: [JSONWebKey] = [], certificates: [Certificate] = []) {
        self.keys = keys
        self.certificates = certificates
    }

    /// Why a document cannot be used; it holds nothing of it.
    package struct Unusable: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    package static func read(_ bytes: [UInt8], _ content: KeyAddress.Content) throws(Unusable) -> KeyDocument {
        switch content {
        case .keySet: KeyDocument(keys: try keySet(bytes))
        case .certificate: KeyDocument(certificates: try certificates(bytes))
        case .travisConfiguration: KeyDocument(keys: [try travisKey(bytes)])
        case .subscription: throw Unusable(description: "it is no document")
        }
    }

    private static func keySet(_ bytes: [UInt8]) throws(Unusable) -> [JSONWebKey] {
        guard case .object(let object)? = try? JSON.parse(bytes), let keys = try? JSONWebKey.set(object) else {
            throw Unusable(description: "it is no set of JSON Web Keys")
        }
        // A secret that is published is none, and a key that signs nothing is no use.
        let usable = keys.filter { key in
            guard case .asymmetric(let asymmetric) = key.material else { return false }
            return !asymmetric.isPrivate
        }
        guard !usable.isEmpty else { throw Unusable(description: "it holds no public key of a known kind") }
        guard usable.count <= maximumCount else { throw Unusable(description: "it holds more than \(maximumCount) keys") }
        return usable
    }

    private static func certificates(_ bytes: [UInt8]) throws(Unusable) -> [Certificate] {
        do throws(CryptographyError) {
            return try Certificate.all(pem: bytes)
        } catch {
            throw Unusable(description: "it is no certificate: \(error)")
        }
    }

    private static let travisPlace = JSONPointer("/config/notifications/webhook/public_key")

    private static func travisKey(_ bytes: [UInt8]) throws(Unusable) -> JSONWebKey {
        guard let document = try? JSON.parse(bytes), case .text(let pem)? = travisPlace?.value(in: document),
            let key = try? AsymmetricKey(pem: pem.bytes), !key.isPrivate
        else { throw Unusable(description: "it holds no public key at /config/notifications/webhook/public_key") }
        return JSONWebKey(.asymmetric(key))
    }
}
