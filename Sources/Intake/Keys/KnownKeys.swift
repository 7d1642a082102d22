import Gateway
import Inbox
import Storage
import Synchronization
import Verification

/// The keys that senders publish, as a database keeps them, read once a process.
///
/// A request reads memory; once a second somebody looks whether another process has fetched anything.
final class KnownKeys: Sendable {
    private struct Known {
        var document: KeyDocument?
        /// Which one it is.
        var fetched: Int64 = 0
        var expires: Int64 = 0
        var due: Int64?
        var lookedAt: Int64
    }

    private struct State {
        var known: [String: Known] = [:]
        /// What was asked for lately, an address or a network's share of a family, and until when the answer stands.
        var asked: [String: (prospect: KeyProspect, until: Int64)] = [:]
        /// Networks of verified requests, and when they were noted.
        var noted: [String: Int64] = [:]
    }

    private let store: Store
    private let inbox: Inbox
    private let state = Mutex(State())

    /// Milliseconds between looks at the database: for what is known, and for what is waited for.
    private static let interval: Int64 = 1_000
    private static let waitInterval: Int64 = 100
    /// Addresses that are remembered.
    private static let maximumCount = 64
    /// Answers and networks that are.
    private static let maximumAnswers = 1_024
    /// Milliseconds in which the network of verified requests is looked up once.
    private static let noteInterval: Int64 = 3_600_000

    init(store: Store, inbox: Inbox) {
        self.store = store
        self.inbox = inbox
    }

    /// The document of an address, if one is known that still counts.
    ///
    /// - Throws: errors of the storage.
    func document(at address: KeyAddress, at now: Int64) throws -> KeyDocument? {
        let known = state.withLock { $0.known[address.url] }
        if let known, now >= known.lookedAt,
            now < known.lookedAt + (known.document == nil ? Self.waitInterval : Self.interval)
        {
            return known.expires > now ? known.document : nil
        }
        let found = try look(address, before: known, at: now)
        state.withLock { state in
            if state.known.count >= Self.maximumCount { state.known.removeAll() }
            state.known[address.url] = found
        }
        return found.expires > now ? found.document : nil
    }

    private func look(_ address: KeyAddress, before: Known?, at now: Int64) throws -> Known {
        let row = try store.readers.read { [inbox] in try inbox.document(at: address.url, on: $0) }
        var known = Known(lookedAt: now)
        guard let row, let bytes = row.bytes, row.content == address.content.rawValue else { return known }
        // Parsed once: what others worked out about a document goes with it.
        known.document =
            before?.fetched == row.fetched ? before?.document : try? KeyDocument.read(bytes, address.content)
        (known.fetched, known.expires, known.due) = (row.fetched, row.expires, row.due)
        return known
    }

    /// Whether anything that is known should be fetched again.
    func isRenewalDue(at now: Int64) -> Bool {
        state.withLock { $0.known.values.contains { $0.document != nil && ($0.due ?? .max) <= now } }
    }

    /// Asks for an address to be fetched.
    ///
    /// - Parameter network: of the request that names it.
    /// - Throws: errors of the storage.
    func want(
        _ address: KeyAddress, for location: ReadyLocation, from network: PeerNetwork, at now: Int64
    ) throws -> KeyProspect {
        let share = "\(address.family) \(network.text)"
        let before = state.withLock { state in state.asked[address.url] ?? state.asked[share] }
        if let before, now < before.until, now > before.until - Self.interval { return before.prospect }
        let deployment = location.deployment
        let promise = try store.writer.perform { [inbox] connection in
            let promise = try inbox.wantDocument(
                at: address.url, content: address.content.rawValue, family: address.family,
                location: location.settings.name, network: network.text, at: now, on: connection)
            // Whoever fetches it has to know where it may be fetched from.
            if promise == .underWay { try deployment.saveSettings(of: location, at: now, on: connection) }
            return promise
        }
        let isUnderWay = promise == .underWay
        if isUnderWay { deployment.didSaveSettings(of: location) }
        state.withLock { state in
            if state.asked.count >= Self.maximumAnswers { state.asked.removeAll() }
            state.asked[promise == .tooMany ? share : address.url] =
                (KeyProspect(promise), now + (isUnderWay ? Self.waitInterval : Self.interval))
        }
        return KeyProspect(promise)
    }

    /// Notes from which network a verified request came whose key stands at an address that requests name: what that
    /// network asks for next has a share that no stranger can use up. Nobody waits for it.
    ///
    /// - Parameter failed: told what the storage says against it.
    func note(
        _ network: PeerNetwork, of address: KeyAddress, at now: Int64, failed: @escaping @Sendable (any Error) -> Void
    ) {
        guard !address.isFixed, !network.text.isEmpty else { return }
        let family = address.family
        let isDue = state.withLock { state in
            let key = "\(family) \(network.text)"
            if let last = state.noted[key], last > now - Self.noteInterval, last <= now { return false }
            if state.noted.count >= Self.maximumAnswers { state.noted.removeAll() }
            state.noted[key] = now
            return true
        }
        guard isDue else { return }
        do {
            // Most were noted today, and a look costs less than a write.
            guard try store.readers.read({ [inbox] in try inbox.isNetworkNoteDue(network.text, of: family, at: now, on: $0) })
            else { return }
        } catch {
            return failed(error)
        }
        store.writer.submit(.commit) { [inbox] connection in
            try inbox.noteNetwork(network.text, of: family, at: now, on: connection)
        } finish: { result in
            if case .failure(let error) = result { failed(error) }
        }
    }

    /// Called once something was fetched, or could not be.
    func forget(_ address: String) {
        state.withLock { state in
            state.known[address]?.lookedAt = .min
            state.asked.removeAll()
        }
    }
}

extension KeyProspect {
    fileprivate init(_ promise: FetchPromise) {
        switch promise {
        case .underWay: self = .underWay
        case .tooMany: self = .later
        case .tooSoon: self = .none
        }
    }
}

/// What one request of a location may ask about keys.
struct LocationKeys: KeySource {
    let location: ReadyLocation
    let environment: Environment
    /// Of receipt, in milliseconds since 1970.
    let now: Int64
    let log: Log

    func document(at address: KeyAddress) -> KeyDocument? {
        attempt { try location.deployment.keys.document(at: address, at: now) } ?? nil
    }

    func fetch(_ address: KeyAddress) -> KeyProspect {
        // What the storage cannot say now it may say a moment later.
        attempt { try location.deployment.keys.want(address, for: location, from: PeerNetwork(environment.peer), at: now) } ?? .underWay
    }

    private func attempt<Result>(_ body: () throws -> Result) -> Result? {
        do {
            return try body()
        } catch {
            log.line(location.settings.name, "the sender's keys cannot be looked up: \(error)")
            return nil
        }
    }
}
