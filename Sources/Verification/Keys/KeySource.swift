/// Knows the documents in which senders publish their keys. Verification neither fetches nor stores them.
package protocol KeySource: Sendable {
    /// What stood at an address when it was last fetched, as long as that counts; nil if nothing is known.
    func document(at address: KeyAddress) -> KeyDocument?

    /// Asks for an address to be fetched, because nothing is known of it, or not the key that is wanted.
    ///
    /// - Returns: whether that is under way; false where it was fetched a moment ago, or too much was asked for.
    func fetch(_ address: KeyAddress) -> Bool
}
