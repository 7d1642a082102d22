package import Inbox
import Verification

/// Of what use the secrets of one location are, and which of them may be taken out: for `postern events secrets`.
package struct SecretReport: Sendable {
    /// One secret, without anything of it.
    package struct Entry: Sendable {
        package var mark: SecretMark
        /// What a JSON Web Key calls itself.
        package var keyIdentifiers: [String]
        /// What was counted; nil if the location has had no event since it is there.
        package var use: SecretUse?
        package var advice: Advice
    }

    /// What the operator may do with a secret.
    package enum Advice: Sendable, Equatable {
        /// It is the only one.
        case only
        /// It verifies what no other does.
        case keep
        /// Since then it verified nothing that another one did not, and that one is of use.
        case remove(since: Int64, other: String)
        /// The same, but not for long enough: senders deliver again for about a day.
        case wait(since: Int64, until: Int64, other: String)
        /// It has verified nothing yet, since then; `other` has.
        case unused(since: Int64?, other: String?)
        /// It is no longer there.
        case gone
        /// The sender publishes it: there is nothing to do.
        case published

        package var word: String {
            switch self {
            case .only: "only"
            case .keep: "keep"
            case .remove: "remove"
            case .wait: "wait"
            case .unused: "unused"
            case .gone: "gone"
            case .published: "published"
            }
        }
    }

    package let location: String
    /// As in `POSTERN_VERIFY`; nil if the settings cannot be read.
    package let sender: String?
    package private(set) var entries: [Entry] = []
    /// What else the operator should know, one sentence each, without a full stop.
    package private(set) var remarks: [String] = []

    /// Milliseconds for which a secret has to have been of no use.
    package static let quietTime: Int64 = 24 * 3_600_000

    /// - Parameters:
    ///   - settings: as the database keeps them; nil if it keeps none.
    ///   - uses: what is counted for this location.
    ///   - fingerprints: nil if the database has no key for them yet.
    ///   - now: milliseconds since 1970.
    package init(
        location: String, settings: String?, uses: [SecretUse], fingerprints: SecretFingerprints?, at now: Int64
    ) {
        self.location = location
        var found: [(mark: SecretMark, keyIdentifiers: [String])] = []
        do throws(SettingError) {
            guard let settings else {
                throw SettingError("its settings", "are not in the database", remedy: "send the location one request")
            }
            let saved = try SavedRule(settings, location: location)
            sender = saved.rule.name
            if let remark = Self.remark(saved) { remarks.append(remark) }
            for source in saved.settings.secrets {
                found += read(source, saved, uses, fingerprints)
            }
        } catch {
            sender = nil
            remarks.append(error.description)
            found = uses.filter { $0.removed == nil && !$0.mark.isPublished }.map { ($0.mark, []) }
        }
        entries = Self.entries(found, uses.filter { !$0.mark.isPublished }, at: now) + Self.published(uses)
    }

    private static func remark(_ saved: SavedRule) -> String? {
        guard saved.settings.secrets.isEmpty else { return nil }
        return saved.settings.verify == "none"
            ? "anybody may call it: there is no secret" : "it has no secret, and \(saved.rule.name) needs none"
    }

    /// The secrets of a source as they are now, or, where this process cannot read it, as they were last seen.
    private mutating func read(
        _ source: SecretSource, _ saved: SavedRule, _ uses: [SecretUse], _ fingerprints: SecretFingerprints?
    ) -> [(mark: SecretMark, keyIdentifiers: [String])] {
        do throws(SettingError) {
            let loaded = try saved.loader(of: source).load()
            guard let fingerprints else { return loaded.secrets.secrets.map { (SecretMark(fingerprint: "", origin: $0.origin), []) } }
            if loaded.secrets.secrets.isEmpty { remarks.append("\(source) is not there yet: the secret arrives in a handshake") }
            return zip(fingerprints.marks(loaded.secrets), loaded.secrets.secrets).map { ($0, $1.keyIdentifiers) }
        } catch {
            remarks.append("what is now in \(source) cannot be read here, so it is shown as it was last used: \(error.problem)")
            return uses.filter { $0.removed == nil && $0.mark.origin.hasSuffix(" of \(source)") }.map { ($0.mark, []) }
        }
    }

    /// The sender's own keys, the one that verified last first.
    private static func published(_ uses: [SecretUse]) -> [Entry] {
        uses.filter(\.mark.isPublished).sorted { ($0.last ?? 0) > ($1.last ?? 0) }
            .map { Entry(mark: $0.mark, keyIdentifiers: [], use: $0, advice: .published) }
    }

    private static func entries(
        _ found: [(mark: SecretMark, keyIdentifiers: [String])], _ uses: [SecretUse], at now: Int64
    ) -> [Entry] {
        let present = found.map { secret in
            (secret.mark, secret.keyIdentifiers, uses.first { $0.mark.fingerprint == secret.mark.fingerprint })
        }
        var entries = present.map { mark, identifiers, use in
            let others = present.filter { $0.0 != mark }.map(\.2)
            return Entry(mark: mark, keyIdentifiers: identifiers, use: use, advice: Advice(use, others: others, at: now))
        }
        for use in uses where !found.contains(where: { $0.mark.fingerprint == use.mark.fingerprint }) {
            // One that nothing was ever verified with is of no interest once it is gone.
            if use.last != nil { entries.append(Entry(mark: use.mark, keyIdentifiers: [], use: use, advice: .gone)) }
        }
        return entries
    }
}

extension SecretReport.Advice {
    /// - Parameters:
    ///   - use: of the secret that it is about.
    ///   - others: of the location's other secrets.
    package init(_ use: SecretUse?, others: [SecretUse?], at now: Int64) {
        guard !others.isEmpty else {
            self = .only
            return
        }
        let others = others.compactMap { $0 }.filter { $0.last != nil }.sorted { ($0.last ?? 0) > ($1.last ?? 0) }
        guard let use, use.last != nil else {
            self = .unused(since: use?.since, other: others.first?.mark.origin)
            return
        }
        let since = use.alone ?? use.since
        // Of two that a sender signs with at once, either would do: the one that it turned to last stays.
        guard let other = others.first(where: { ($0.last ?? 0) > since && Self.isLater($0, than: use) }) else {
            self = .keep
            return
        }
        let (until, origin) = (since + SecretReport.quietTime, other.mark.origin)
        self = until <= now ? .remove(since: since, other: origin) : .wait(since: since, until: until, other: origin)
    }

    private static func isLater(_ other: SecretUse, than use: SecretUse) -> Bool {
        (other.alone ?? .min, other.since) > (use.alone ?? .min, use.since)
    }
}
