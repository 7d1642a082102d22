package import Values

/// What is to become of a request.
package enum Verdict: Sendable {
    /// It is from the sender; `Verified` says what is known of it.
    case verified(Verified)
    /// It is the sender's question whether the address is its owner's: give this answer and keep nothing.
    case handshake(HandshakeAnswer)
    /// It brings the location's secret. Keep it and give the answer, if the operator waits for it; else 401.
    case enrolment(Enrolment)
    /// The sender asks whether a subscription is wanted, of a topic that the location names: ask for this address, which
    /// says so, and keep nothing.
    case subscription(KeyAddress)
    /// 401. The sender must not learn why.
    case refused(Refusal)
}

/// What verification found out about a request.
package struct Verified: Sendable {
    /// As in `POSTERN_VERIFY`: `stripe`, `hmac-sha256`.
    package let sender: String
    /// Which of the location's secrets match.
    package let secrets: SecretMatches
    /// Which of the sender's published keys does, where none of the secrets did.
    package let published: PublishedKey?
    /// The signed timestamp in milliseconds since 1970.
    package let timestamp: Int64?
    /// The body, if it had to be read as JSON.
    package let json: Value?
    let facts: EventFacts
}

extension Verified {
    /// The first of the secrets that match, from 0; nil under `none`, and where the sender's published key did.
    package var secretIndex: Int? { secrets.first }

    /// The sender's id of the delivery or event; nil if it has none, or the request has none.
    package var deliveryID: Text? { facts.deliveryID(json) }

    /// What kind of event it is; nil if the sender names none where the catalogue says it does.
    package var eventType: Text? { facts.eventType(json) }

    /// What makes another delivery the same event; nil if nothing does.
    package var dedupeKey: DedupeKey? { facts.dedupeKey(json) }
}
