/// A secret as the inbox knows it: never itself.
package struct SecretMark: Sendable, Equatable {
    /// Tells it from others, wherever it stands.
    package var fingerprint: String
    /// Where it stands now: `line 2 of file:/etc/postern/stripe`.
    package var origin: String

    package init(fingerprint: String, origin: String) {
        self.fingerprint = fingerprint
        self.origin = origin
    }

    static let publishedPrefix = "published:"

    /// A key that the sender publishes: no secret, and not its location's, but what verified.
    ///
    /// - Parameter title: which one it is, and where it stands.
    package init(published title: String) {
        self.init(fingerprint: Self.publishedPrefix + title, origin: title)
    }

    package var isPublished: Bool { fingerprint.hasPrefix(Self.publishedPrefix) }
}

extension SecretMark: CustomStringConvertible {
    /// `line 2 of file:/etc/postern/stripe (3f9a1c02)`
    package var description: String { isPublished ? origin : "\(origin) (\(fingerprint))" }
}

/// Of what use a secret was. All times are milliseconds since 1970.
package struct SecretUse: Sendable, Equatable {
    package var location: String
    package var mark: SecretMark
    /// Since when it is counted: when it was first seen at its location.
    package var since: Int64
    /// When it was seen to be there no longer; nil while it is.
    package var removed: Int64?
    /// Events that it verified. One that was delivered several times is one.
    package var events: Int64
    /// When it last verified anything; exact to a minute where that was no event.
    package var last: Int64?
    /// The same, where no other secret of the location verified it too.
    package var alone: Int64?

    package init(
        location: String, mark: SecretMark, since: Int64, removed: Int64? = nil, events: Int64 = 0, last: Int64? = nil,
        alone: Int64? = nil
    ) {
        self.location = location
        self.mark = mark
        self.since = since
        self.removed = removed
        self.events = events
        self.last = last
        self.alone = alone
    }
}
