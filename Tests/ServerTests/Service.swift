import Foundation
import Glibc

/// A program that runs while a test does: a web server, or Postern.
final class Service {
    private let process = Process()
    let log: String

    init(_ path: String, _ arguments: [String], log: String, environment: [String: String]? = nil) throws {
        self.log = log
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    var identifier: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end and gives the exit status.
    @discardableResult
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it, gently at first.
    @discardableResult
    func stop() -> Int32 {
        guard process.isRunning else { return process.terminationStatus }
        process.terminate()
        let limit = Date().addingTimeInterval(20)
        while process.isRunning, Date() < limit { usleep(5_000) }
        if process.isRunning { signal(SIGKILL) }
        return wait()
    }

    deinit { stop() }

    /// Waits until something is so, as a server's start is nothing one can be told of.
    static func until(_ what: String, within seconds: Double = 20, _ condition: () -> Bool) throws {
        let limit = Date().addingTimeInterval(seconds)
        while !condition() {
            guard Date() < limit else { throw HTTPClient.Failure(description: "waited \(seconds) s in vain for \(what)") }
            usleep(5_000)
        }
    }

    /// A port of the loopback that nobody listens on.
    static func freePort() -> UInt16 {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(probe, $0, length)
                _ = getsockname(probe, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
