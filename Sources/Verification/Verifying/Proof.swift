internal import Values

/// What the check of a scheme proved.
struct Proof: Sendable {
    /// Which secrets match.
    var secrets: SecretMatches
    /// Which of the sender's published keys does, if none of the secrets is needed.
    var published: PublishedKey?
    /// Milliseconds since 1970.
    var timestamp: Int64?
    /// What was signed, where a template says it.
    var signed: SignedParts?
    /// What confirms a subscription of a topic that the location names, if the request asks for that.
    var subscription: KeyAddress?
    /// What was signed, where it stands in one piece.
    var signedText: [UInt8]?
    /// The body, if it had to be read as JSON.
    var json: Value?

    init(secrets: SecretMatches, signed: SignedParts? = nil, json: Value? = nil) {
        self.secrets = secrets
        self.signed = signed
        self.json = json
    }

    /// - Parameter key: the one that matched.
    init(_ key: SigningKeys.Key, timestamp: Int64? = nil, json: Value? = nil) {
        self.init(secretIndex: key.secretIndex, timestamp: timestamp, json: json)
        published = key.published
    }

    /// - Parameter secretIndex: the secret that matched, from 0; nil if none was needed.
    init(secretIndex: Int? = nil, timestamp: Int64? = nil, json: Value? = nil) {
        secrets = SecretMatches(secretIndex)
        self.timestamp = timestamp
        self.json = json
    }
}
