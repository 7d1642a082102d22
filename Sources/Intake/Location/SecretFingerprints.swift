import Cryptography
package import Inbox
import Storage
import Synchronization
package import Verification

/// What tells the secrets of a database's locations apart: a key of the database's own, which it keeps.
package struct SecretFingerprints: Sendable {
    private let key: HMACKey

    package init(_ key: [UInt8]) throws {
        self.key = try HMACKey(.sha256, key: key)
    }

    /// The fingerprint and the place of each secret, in their order.
    package func marks(_ secrets: SecretSet) -> [SecretMark] {
        secrets.secrets.map { SecretMark(fingerprint: $0.fingerprint(key) ?? "unknown", origin: $0.origin) }
    }

    /// What stands for the bytes of a credential that is not kept.
    func digest(ofCredential bytes: [UInt8]) -> String? {
        let digest = try? key.authenticate(Array("credential\0".utf8) + bytes)
        return digest?.withBytes { Hexadecimal.encode($0.extracting(first: 16)) }
    }
}

/// Finds the key of a database while that is opened, on whichever thread this happens.
final class FingerprintKey: Sendable {
    private let found = Mutex<[UInt8]>([])

    func find(_ inbox: Inbox, on connection: Connection) throws {
        let key =
            try inbox.fingerprintKey(on: connection)
            ?? inbox.keepFingerprintKey(RandomBytes.make(32), on: connection)
        found.withLock { $0 = key }
    }

    var fingerprints: SecretFingerprints { get throws { try SecretFingerprints(found.withLock { $0 }) } }
}
