import Gateway
import Glibc
import Inbox
import Storage
import Synchronization

/// Brings refused requests into a database's quarantine, off the way of all other requests.
///
/// Who asks for one to be kept waits for nothing: there is room or there is not. One thread writes, and only while there
/// is something to write. Whatever goes wrong is a line in the log, and nobody's answer.
final class RefusalKeeper: Sendable {
    private struct State {
        var waiting: [Refused] = []
        var bytes = 0
        /// Locations that were opened, with the number of requests that each keeps now.
        var opened: [String: Int] = [:]
        var isWriting = false
        var allowance = RefusalAllowance()
        var toldAt: Int64?
    }

    private let database: String
    private let mask: CredentialMask
    /// Whether the process ends with its request, which writes itself once that is answered.
    private let isShortLived: Bool
    private let log: Log
    private let state = Mutex(State())
    private let idle = WorkSignal()

    /// What may wait to be written.
    private static let maximumCount = 64
    private static let maximumBytes = 8 << 20
    /// Milliseconds for which a lock is waited for where nobody waits for that.
    private static let patience: Int32 = 500
    /// Milliseconds between two complaints.
    private static let reminder: Int64 = 60_000

    init(database: String, fingerprints: SecretFingerprints, isShortLived: Bool, log: Log) {
        self.database = database
        mask = CredentialMask(fingerprints: fingerprints)
        self.isShortLived = isShortLived
        self.log = log
    }

    // MARK: Asking

    /// Takes note of a location that was opened: what is kept of it beyond the number that it keeps now goes.
    func opened(_ location: ReadyLocation) {
        guard FileContents.fingerprint(path) != nil else { return }
        state.withLock { $0.opened[location.settings.name] = location.settings.quarantine }
        // A process that ends with its request does it behind the answer.
        if !isShortLived { flush() }
    }

    /// Takes a request to be kept.
    ///
    /// - Returns: false where its location keeps none, or there are too many.
    func offer(_ refused: Refused) -> Bool {
        guard refused.location.settings.quarantine > 0 else { return false }
        return state.withLock { state in
            guard state.waiting.count < Self.maximumCount, state.bytes + refused.weight <= Self.maximumBytes,
                state.allowance.take(location: refused.location.settings.name, peer: refused.peer, at: Clock.monotonic())
            else { return false }
            state.waiting.append(refused)
            state.bytes += refused.weight
            return true
        }
    }

    /// Has written what waits. Call it once the request is answered.
    func flush() {
        let begins = state.withLock { state in
            guard !state.waiting.isEmpty || !state.opened.isEmpty, !state.isWriting else { return false }
            state.isWriting = true
            return true
        }
        guard begins else { return }
        if isShortLived { return write() }
        do {
            try Thread(stackSize: 1 << 20) { [self] in write() }.detach()
        } catch {
            state.withLock { state in
                (state.waiting, state.bytes, state.opened, state.isWriting) = ([], 0, [:], false)
            }
            tell(error)
        }
    }

    /// Waits a moment for what is being written.
    func finish() {
        let end = Clock.monotonic() + 2_000
        while state.withLock({ $0.isWriting }), Clock.monotonic() < end { _ = idle.wait(atMost: 50) }
    }

    // MARK: Writing

    private func write() {
        while let (batch, opened) = next() {
            // What goes wrong with the old ones keeps no new one away.
            do { try trim(opened) } catch { tell(error) }
            do {
                try put(batch)
            } catch let error as DatabaseError where error.isCorrupt || error.isFull && isLarge {
                // It is of no value that could not be lost.
                remove()
                do { try put(batch) } catch { tell(error) }
            } catch let error as DatabaseError where error.isBusy && isShortLived {
                // Another process writes: this one is left out.
            } catch {
                tell(error)
            }
        }
        idle.signal()
    }

    private func next() -> (batch: [Refused], opened: [String: Int])? {
        state.withLock { state in
            guard !state.waiting.isEmpty || !state.opened.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { (state.waiting, state.bytes, state.opened) = ([], 0, [:]) }
            return (state.waiting, state.opened)
        }
    }

    /// Erases what opened locations no longer keep: seldom anything, and to look costs no lock.
    private func trim(_ opened: [String: Int]) throws {
        guard !opened.isEmpty, FileContents.fingerprint(path) != nil else { return }
        let quarantine = Quarantine()
        let surplus: [String: Int]
        do {
            let reader = try Connection(.reader(path))
            try reader.prepare(workspace: nil, schemas: [Quarantine.schema])
            surplus = try opened.filter { try quarantine.hasSurplus($0.key, maximum: $0.value, on: reader) }
        } catch let error as SchemaError where error.isOutdated {
            // A full disk has left a file without tables.
            return
        }
        guard !surplus.isEmpty else { return }
        // The log of the file has it as well, until the last connection closes.
        let connection = try Connection(.quarantine(path, wait: Self.patience))
        try connection.prepare(workspace: nil, schemas: [Quarantine.schema])
        for (location, maximum) in surplus {
            try connection.transaction { try quarantine.trim(location, maximum: maximum, on: connection) }
        }
    }

    private func put(_ batch: [Refused]) throws {
        guard !batch.isEmpty else { return }
        let quarantine = Quarantine()
        var options = Connection.Options.quarantine(path, wait: isShortLived ? 0 : Self.patience)
        options.checkpointsOnClose = !isShortLived
        let connection = try Connection(options)
        try connection.prepare(workspace: nil, schemas: [Quarantine.schema])
        for refused in batch {
            let location = refused.location
            guard try !quarantine.isCrowded(location.settings.name, at: refused.received, on: connection) else { continue }
            let request = refused.masked(by: mask)
            try connection.transaction {
                try quarantine.keep(
                    request, maximum: location.settings.quarantine, settings: location.savedSettings, on: connection)
            }
        }
    }

    private var path: String { Quarantine.path(beside: database) }

    /// Whether the file has reached its own bound, and the disk is not what is full.
    private var isLarge: Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_size > Int(Quarantine.maximum)
    }

    private func remove() {
        for end in ["", "-wal", "-shm"] { _ = unsafe unlink(path + end) }
    }

    private func tell(_ error: any Error) {
        let now = Clock.monotonic()
        let isNews = state.withLock { state in
            if let toldAt = state.toldAt, now - toldAt < Self.reminder { return false }
            state.toldAt = now
            return true
        }
        if isNews { log.line(path, "refused requests cannot be kept for postern events explain: \(error)") }
    }
}
