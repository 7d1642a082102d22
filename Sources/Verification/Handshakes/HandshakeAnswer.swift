/// What to answer to a handshake.
package struct HandshakeAnswer: Sendable, Equatable {
    package let status: Int
    /// nil if there is no body.
    package internal(set) var contentType: String?
    package internal(set) var headers: [Header] = []
    package internal(set) var body: [UInt8] = []
    /// Which of the location's secrets the question was signed with; none if it was not.
    package internal(set) var secrets = SecretMatches()

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }
}

/// The secret that a sender hands over, as long as the operator waits for it.
package struct Enrolment: Sendable {
    /// What is to be kept; nothing shows it.
    package let secret: [UInt8]
    /// What the sender is told once the secret is kept.
    package let answer: HandshakeAnswer
}

extension Enrolment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a secret" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["status": answer.status]) }
}
