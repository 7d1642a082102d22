import Verification

extension VerificationRule {
    /// Milliseconds after which a sender is told that its event was accepted, where `POSTERN_DEADLINE` does not say: what
    /// the sender waits for, less what the way there and back may take.
    var deadline: Int64 { profile?.deadline.map { Int64($0) * 800 } ?? 10_000 }
}
