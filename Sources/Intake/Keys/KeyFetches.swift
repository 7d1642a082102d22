import Glibc
import Inbox
import Outbound
import Storage
import Synchronization
import Verification

/// Fetches the keys that senders publish, for those who asked for them, and again before they expire.
final class KeyFetches: Sendable {
    private let deployment: Deployment
    private let locations: SavedLocations
    private let pool: WorkerPool
    private let log: Log
    /// Told each time that one has ended.
    private let ended: @Sendable () -> Void
    private let running = Mutex(0)

    /// Fetches at a time.
    private static let maximum = 4

    init(
        _ deployment: Deployment, locations: SavedLocations, pool: WorkerPool, log: Log,
        ended: @escaping @Sendable () -> Void
    ) {
        self.deployment = deployment
        self.locations = locations
        self.pool = pool
        self.log = log
        self.ended = ended
    }

    var isIdle: Bool { running.withLock { $0 == 0 } }

    /// Begins what is due.
    ///
    /// - Returns: when the next one is due, in milliseconds since 1970; nil if there is none.
    /// - Throws: errors of the storage.
    func begin() throws -> Int64? {
        let (inbox, store) = (deployment.inbox, deployment.store)
        while let due = try store.readers.read({ try inbox.nextDocumentDue(on: $0) }) {
            guard due <= Clock.now(), running.withLock({ $0 }) < Self.maximum else { return due }
            let taken = try store.writer.perform { try inbox.takeDueDocument(at: Clock.now(), on: $0) }
            guard let taken else { continue }
            running.withLock { $0 += 1 }
            let isTaken = pool.submit { [self] in
                fetch(taken)
                running.withLock { $0 -= 1 }
                ended()
            }
            guard isTaken else {
                // The process ends; another one fetches it once the lease is over.
                running.withLock { $0 -= 1 }
                return nil
            }
        }
        return nil
    }

    private func fetch(_ wanted: PublishedDocument) {
        let fetch = KeyFetch(address: wanted.address, content: wanted.content)
        let result: FetchResult
        do {
            let location = try deployment.store.readers.read { [deployment, locations] connection in
                try locations.location(wanted.location, in: deployment.inbox, on: connection, at: Clock.now())
            }
            result = try fetch.result(with: location.client)
        } catch {
            let failure = error as? KeyFetch.Failure
            result = failure?.isFinal == true ? .absent : .failed
            log.line(wanted.location, "\(wanted.address) could not be fetched: \(error)")
        }
        do {
            try deployment.store.writer.perform { [inbox = deployment.inbox] connection in
                try inbox.keep(result, of: wanted.address, at: Clock.now(), on: connection)
            }
        } catch {
            log.line(wanted.location, "what came of \(wanted.address) could not be kept: \(error)")
        }
        deployment.keys.forget(wanted.address)
    }
}

/// One fetch of a document that a sender publishes.
struct KeyFetch {
    let address: String
    /// One of `KeyAddress.Content`, as the database has it.
    let content: String
    /// The only authorities that are believed, in PEM; the host's if there are none.
    var authorities = Self.processAuthorities

    struct Failure: Error, CustomStringConvertible {
        let description: String
        /// Whether asking again gains nothing.
        let isFinal: Bool
    }

    /// Keys and chains of certificates take a few thousand bytes.
    private static let maximumByteCount = 256 << 10
    private static let milliseconds: Int64 = 10_000

    /// Fetches the document over verified TLS, without following anybody elsewhere.
    ///
    /// - Throws: `Failure`, or what the client says.
    func result(with client: HTTPClient) throws -> FetchResult {
        guard let content = KeyAddress.Content(rawValue: content), address.hasPrefix("https://") else {
            throw Failure(description: "this version does not know what stands there", isFinal: true)
        }
        var request = HTTPRequest(method: "GET", url: address, headers: [("Accept", "*/*")])
        request.milliseconds = Self.milliseconds
        request.answerLimit = Self.maximumByteCount
        request.certificates.authority = authorities
        let answer = try client.send(request)
        guard answer.status == 200 else {
            let isFinal = (300...499).contains(answer.status) && ![408, 425, 429].contains(answer.status)
            throw Failure(description: "the answer has the status \(answer.status)", isFinal: isFinal)
        }
        // It has been asked for, and that was all.
        if content == .subscription { return .absent }
        do throws(KeyDocument.Unusable) {
            _ = try KeyDocument.read(answer.body, content)
        } catch {
            throw Failure(description: error.description, isFinal: true)
        }
        let lifetime = CacheLifetime.milliseconds(answer.headers, otherwise: content == .certificate ? 86_400 : 3_600)
        return .document(answer.body, lifetime: lifetime)
    }

    /// What `SSL_CERT_FILE` of the process's own environment names: authorities in place of the host's, for TLS as for
    /// certificates that senders publish.
    private static let processAuthorities: [UInt8] = {
        guard let path = unsafe getenv("SSL_CERT_FILE") else { return [] }
        return (try? FileContents.read(unsafe String(cString: path), limit: 4 << 20)) ?? []
    }()
}

/// For how long an answer counts, by its `Cache-Control` (RFC 9111 section 5.2), within bounds.
enum CacheLifetime {
    /// Seconds: no server is asked more often, and no key that was taken back counts for longer.
    private static let bounds: ClosedRange<Int64> = 300...86_400

    static func milliseconds(_ headers: [(name: String, value: String)], otherwise seconds: Int64) -> Int64 {
        var seconds = seconds
        for header in headers where header.name.lowercased() == "cache-control" {
            for part in header.value.lowercased().split(separator: ",") {
                let directive = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
                switch directive.first {
                case "no-store"?, "no-cache"?: seconds = bounds.lowerBound
                case "max-age"? where directive.count == 2: seconds = Int64(directive[1]) ?? seconds
                default: break
                }
            }
        }
        return min(max(seconds, bounds.lowerBound), bounds.upperBound) * 1_000
    }
}
