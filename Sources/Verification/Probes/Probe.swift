/// One request to a live location, and what a location that is right makes of it.
package struct Probe: Sendable {
    /// What is tried, in the order in which it is sent.
    package enum Kind: String, Sendable, CaseIterable {
        case good
        case redelivery
        case freshID = "fresh-id"
        case rotation
        case recent
        case twoSignatures = "two-signatures"
        case changedBody = "changed-body"
        case handshake
        case wrongVerifyToken = "wrong-verify-token"
        case otherSecret = "other-secret"
        case forged
        case upperCase = "upper-case"
        case missing
        case empty
        case repeated
        case otherAddress = "other-address"
        case stale
        case future
        case truncated
        case largest
        case oversized
    }

    package enum Expectation: Sendable, Equatable {
        /// It is a new event.
        case accepted
        /// It is the good event once more.
        case duplicate
        /// 401.
        case refused
        /// A web server may have made one header of several, in which the sender's format allows what came.
        case refusedOrAccepted
        /// 413.
        case tooLarge
        /// Nothing of it is kept: 400, 408, or the connection is closed.
        case notTaken
        /// It is the sender's question.
        case answered(HandshakeAnswer)
    }

    package let kind: Kind
    package internal(set) var message: OutgoingMessage
    package let expectation: Expectation
    /// What the sender's own rule leaves open, if that shows here.
    package internal(set) var weakness: String?
    /// How many bytes of the body are announced and never come.
    package internal(set) var missingBytes = 0
    /// Where the signature or token stands, for hints.
    var carriers = SignatureCarriers()
    /// Seconds from the time that is signed to the tolerance, for hints.
    var distance: Int64 = 0

    init(_ kind: Kind, _ message: OutgoingMessage, _ expectation: Expectation) {
        self.kind = kind
        self.message = message
        self.expectation = expectation
    }
}

extension Probe {
    /// Whether a location that is right refuses it, and no stack runs.
    package var mustBeRefused: Bool {
        switch expectation {
        case .refused, .tooLarge, .notTaken: true
        case .accepted, .duplicate, .refusedOrAccepted, .answered: false
        }
    }
}

extension Probe.Kind {
    /// What is sent, in words.
    package var title: String {
        switch self {
        case .good: "a good event"
        case .redelivery: "the good event once more"
        case .freshID: "the good event under another id"
        case .rotation: "an event under the next of the secrets"
        case .recent: "an event that is old, but within the tolerance"
        case .twoSignatures: "a wrong and a right signature, as while a secret is rotated"
        case .changedBody: "one byte of the body changed on the way"
        case .handshake: "the sender's question whether the address is right"
        case .wrongVerifyToken: "that question with another verify token"
        case .otherSecret: "an event under another secret"
        case .forged: "one character of the signature or token changed"
        case .upperCase: "the signature in other letter case"
        case .missing: "no signature or token"
        case .empty: "an empty signature or token"
        case .repeated: "the header of the signature or token twice"
        case .otherAddress: "an event that was signed for another address"
        case .stale: "an event that is older than the tolerance"
        case .future: "an event from further ahead than the tolerance"
        case .truncated: "an event that breaks off in its body"
        case .largest: "a body of the largest size, under another secret"
        case .oversized: "a body above the largest size"
        }
    }
}

/// Why a probe is not to be had of a sender.
package enum ProbeError: Error, Sendable, Equatable {
    /// It does not apply to the sender, because of this.
    case inapplicable(String)
    case signing(SigningError)
}
