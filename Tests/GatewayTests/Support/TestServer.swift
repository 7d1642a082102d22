import Glibc
import Synchronization

@testable import Gateway

/// A server in this process, at a socket of its own.
final class TestServer: Sendable {
    let path: String
    let server: FastCGIServer<TestApplication>
    let events: Events
    let record: TestApplication.Record
    private let left = Mutex<Int?>(nil)
    private let folder: Folder

    /// What the server reported.
    final class Events: Sendable {
        private let list = Mutex<[ServerEvent]>([])
        func add(_ event: ServerEvent) { list.withLock { $0.append(event) } }
        var all: [ServerEvent] { list.withLock(\.self) }
    }

    /// - Parameter socket: where it listens, a socket of its own unless given.
    init(
        _ application: TestApplication = TestApplication(), socket: ListeningSocket? = nil,
        change: (inout ServerLimits) -> Void = { _ in }
    ) throws {
        let folder = try Folder()
        let events = Events()
        (self.folder, self.events, record) = (folder, events, application.record)
        path = folder.path + "/socket"
        var limits = ServerLimits()
        limits.threads = 2
        change(&limits)
        server = try FastCGIServer(
            application, sockets: [socket ?? ListeningSocket.unix(path: path)], limits: limits, report: { events.add($0) })
        try Gateway.Thread.start { [self] in
            let unanswered = try? server.run(stopSignals: [])
            left.withLock { $0 = unanswered ?? -1 }
        }
    }

    func connect() throws -> FastCGIClient {
        try FastCGIClient(path: path)
    }

    /// Sends one request on a connection of its own.
    func answer(to request: [UInt8]) throws -> FastCGIClient.Answer {
        let client = try connect()
        client.send(request)
        return client.receive()
    }

    /// Stops the server.
    /// - Returns: requests left unanswered.
    @discardableResult
    func stop() -> Int? {
        server.stop()
        _ = eventually { self.left.withLock { $0 != nil } }
        return left.withLock(\.self)
    }

    /// Whether `run` has returned.
    var hasEnded: Bool { left.withLock { $0 != nil } }
}

/// A folder that is removed with what is in it.
final class Folder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/gateway-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names() { unsafe unlink(path + "/" + name) }
        unsafe rmdir(path)
    }

    func names() -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// Waits for something that happens on another thread.
/// - Returns: false if it does not within 20 s.
func eventually(_ condition: () -> Bool) -> Bool {
    let end = MonotonicClock.now() + .seconds(20)
    while !condition() {
        if MonotonicClock.now() > end { return false }
        usleep(500)
    }
    return true
}
