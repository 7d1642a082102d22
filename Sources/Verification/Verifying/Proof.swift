internal import Values

/// What the check of a scheme proved.
struct Proof {
    /// Which secret matched, from 0.
    var secretIndex: Int?
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
}
