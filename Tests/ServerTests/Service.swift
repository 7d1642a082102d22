import Foundation
import Glibc

/// A program that runs while a test does: a web server, or Postern.
///
/// It leads a process group of its own, which ends with it. Foundation's `Process` would not notice the end of a
/// program whose children live on.
final class Service {
    let identifier: pid_t
    let log: String
    private var status: Int32?

    init(_ path: String, _ arguments: [String], log: String, environment: [String: String]? = nil) throws {
        self.log = log
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Nor does it inherit which signals this thread has blocked or ignores: Apache would not hear of its end.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        posix_spawnattr_setpgroup(&attributes, 0)
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let variables = environment ?? ProcessInfo.processInfo.environment
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + settings { free(pointer) } }
        var child = pid_t()
        let error = posix_spawn(&child, path, &actions, &attributes, &words, &settings)
        guard error == 0 else { throw HTTPClient.Failure(description: "\(path): \(String(cString: strerror(error)))") }
        identifier = child
    }

    /// Whether it has not ended by itself.
    var isRunning: Bool {
        guard status == nil else { return false }
        var result: Int32 = 0
        guard waitpid(identifier, &result, WNOHANG) == identifier else { return true }
        status = result
        return false
    }

    var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        if status == nil { kill(identifier, number) }
    }

    /// Waits for the end and gives the exit status, or the signal's number negated.
    @discardableResult
    func wait() -> Int32 {
        if status == nil {
            var result: Int32 = 0
            while waitpid(identifier, &result, 0) < 0, errno == EINTR {}
            status = result
        }
        let result = status ?? 0
        return result & 0x7F == 0 ? result >> 8 & 0xFF : -(result & 0x7F)
    }

    /// Ends it, gently at first, and whatever it has left behind.
    @discardableResult
    func stop() -> Int32 {
        signal(SIGTERM)
        let limit = Date().addingTimeInterval(20)
        while isRunning, Date() < limit { usleep(5_000) }
        if isRunning { signal(SIGKILL) }
        let result = wait()
        kill(-identifier, SIGKILL)
        return result
    }

    deinit { stop() }

    /// Waits until something is so, as a server's start is nothing one can be told of.
    static func until(_ what: String, within seconds: Double = 60, _ condition: () -> Bool) throws {
        let limit = Date().addingTimeInterval(seconds)
        while !condition() {
            guard Date() < limit else { throw HTTPClient.Failure(description: "waited \(seconds) s in vain for \(what)") }
            usleep(5_000)
        }
    }

    /// A port of the loopback that nobody listens on, and that no other test takes while this process lives.
    ///
    /// It is none of those that the system gives to who asks for any: between this look and the bind of the server that
    /// it is for, it could give them to a connection.
    static func freePort() -> UInt16 {
        let folder = "/tmp/postern-test-ports-\(getuid())"
        mkdir(folder, 0o700)
        while true {
            let port = UInt16.random(in: 20_000..<32_000)
            let reservation = open("\(folder)/\(port)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            // The lock ends with the process.
            if reservation >= 0, flock(reservation, LOCK_EX | LOCK_NB) == 0, canBind(port) { return port }
            close(reservation)
        }
    }

    private static func canBind(_ port: UInt16) -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var (address, yes) = (sockaddr_in(), Int32(1))
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
