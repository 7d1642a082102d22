/// A likely cause of a refusal.
package struct Finding: Sendable, Equatable {
    package let mistake: Mistake
    /// Whether the request verifies once it is mended; else the cause is only likely.
    package let isProved: Bool
    /// What is wrong and what to do about it, without a full stop. It holds no secret and no signature.
    package let sentence: String

    init(_ mistake: Mistake, _ sentence: String, isProved: Bool = true) {
        self.mistake = mistake
        self.sentence = sentence
        self.isProved = isProved
    }
}
