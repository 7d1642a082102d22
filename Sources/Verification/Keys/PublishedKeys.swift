import Cryptography

/// Gets the keys that a sender publishes, where none is pinned.
struct PublishedKeys: Sendable {
    /// nil where nobody knows any.
    private let source: (any KeySource)?
    /// Of receipt, in milliseconds since 1970.
    private let time: Int64

    init(_ source: (any KeySource)?, at time: Int64) {
        self.source = source
        self.time = time
    }

    /// The keys of a set.
    ///
    /// - Throws: `Refusal` while none is known.
    func keys(at address: KeyAddress) throws(Refusal) -> [SigningKeys.Key] {
        try document(at: address).keys.map { SigningKeys.Key(key: $0, secretIndex: nil, address: address) }
    }

    /// The key of a certificate.
    ///
    /// - Throws: `Refusal` while it is not known, and for one that is not to be believed.
    func key(at address: KeyAddress, _ trust: CertificateTrust) throws(Refusal) -> SigningKeys.Key {
        let key = try trust.key(of: document(at: address), at: time)
        return SigningKeys.Key(key: JSONWebKey(.asymmetric(key)), secretIndex: nil, address: address)
    }

    /// Why a key that a request names is not to be had: a newer set may hold it, or it is forged.
    func unknownKey(at address: KeyAddress, _ carrier: Carrier) -> Refusal {
        Refusal(source?.fetch(address) == .underWay ? .keysUnderWay(address.family) : .unknownKey(carrier))
    }

    private func document(at address: KeyAddress) throws(Refusal) -> KeyDocument {
        if let document = source?.document(at: address) { return document }
        guard let source else { throw Refusal(.noKeys(address.family)) }
        switch source.fetch(address) {
        case .underWay: throw Refusal(.keysUnderWay(address.family))
        // Strangers have named so many that do not exist: the sender, whose own may be among them, is to come again.
        case .later: throw Refusal(.tooManyKeys(address.family))
        // Without the keys of an address that no request chooses, nobody can be told from anybody else: that is no fault
        // of the request's, even if they cannot be had now.
        case .none: throw Refusal(address.isFixed ? .keysUnderWay(address.family) : .noKeys(address.family))
        }
    }
}
