/// What a location's secrets are to its scheme.
enum SecretUse: Sendable, Equatable {
    /// There is nothing to compare with one.
    case none
    case required
    /// The sender publishes its keys; a secret pins one.
    case optional
}
