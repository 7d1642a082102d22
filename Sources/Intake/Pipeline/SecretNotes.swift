import Inbox
import Storage
import Synchronization
import Verification

/// Notes that a secret verified what leaves no event: a handshake, or a request that only looks.
///
/// At most once a minute for each secret, and nobody waits for it: no request becomes slower.
final class SecretNotes: Sendable {
    private let store: Store
    private let inbox: Inbox
    private let log: Log
    private let noted = Mutex<[String: Int64]>([:])

    private static let interval: Int64 = 60_000
    private static let maximumCount = 1024

    init(store: Store, inbox: Inbox, log: Log) {
        self.store = store
        self.inbox = inbox
        self.log = log
    }

    /// - Parameter now: of receipt, in milliseconds since 1970.
    func note(_ marks: [SecretMark], of location: ReadyLocation, at now: Int64) {
        let name = location.settings.name
        guard !marks.isEmpty, isDue(marks, name, at: now) else { return }
        do {
            // Another process may have noted it, and a look costs less than a write.
            guard try store.readers.read({ [inbox] in try inbox.isNoteDue(marks, of: name, at: now, on: $0) }) else { return }
        } catch {
            return tell(error, name)
        }
        let (inbox, deployment) = (inbox, location.deployment)
        store.writer.submit(.commit) { connection in
            try deployment.saveSettings(of: location, at: now, on: connection)
            try inbox.noteSecrets(marks, of: name, at: now, on: connection)
        } finish: { [self] result in
            switch result {
            case .success: deployment.didSaveSettings(of: location)
            case .failure(let error): tell(error, name)
            }
        }
    }

    private func isDue(_ marks: [SecretMark], _ name: String, at now: Int64) -> Bool {
        let key = "\(name) " + marks.map(\.fingerprint).joined(separator: " ")
        return noted.withLock { noted in
            if let last = noted[key], last > now - Self.interval, last <= now { return false }
            if noted.count >= Self.maximumCount { noted.removeAll() }
            noted[key] = now
            return true
        }
    }

    private func tell(_ error: any Error, _ name: String) {
        log.line(name, "which secret verified a request could not be noted: \(error)")
    }
}
