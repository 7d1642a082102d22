/// Knows the documents in which senders publish their keys. Verification neither fetches nor stores them.
package protocol KeySource: Sendable {
    /// What stood at an address when it was last fetched, as long as that counts; nil if nothing is known.
    func document(at address: KeyAddress) -> KeyDocument?

    /// Asks for an address to be fetched, because nothing is known of it, or not the key that is wanted.
    ///
    func fetch(_ address: KeyAddress) -> KeyProspect
}

/// What becomes of the wish to have an address fetched.
package enum KeyProspect: Sendable {
    /// It is fetched soon, or just now.
    case underWay
    /// Too much was asked for at once; it may be fetched later.
    case later
    /// It was fetched a moment ago, or nobody fetches anything.
    case none
}
