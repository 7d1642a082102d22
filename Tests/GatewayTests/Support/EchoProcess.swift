import Foundation
import Glibc

@testable import Gateway

/// The program `gateway-echo`, started as a web server or an operator would.
final class EchoProcess {
    struct Result {
        let output: String
        let errors: String
        let status: Int32

        var head: [String] { output.components(separatedBy: "\r\n\r\n")[0].components(separatedBy: "\r\n") }
        var body: String { output.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n") }
    }

    /// Beside the tests, where the package manager builds both.
    static var executable: String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
            + "/gateway-echo"
    }

    let process = Process()
    let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()

    init(
        _ arguments: [String] = [], executable: String = EchoProcess.executable, environment: [String: String] = [:],
        standardInput: Any? = nil, folder: String? = nil
    ) throws {
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = standardInput ?? input
        process.standardOutput = output
        process.standardError = errors
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }

    func write(_ bytes: [UInt8]) {
        try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }

    /// Ends the input, reads the output to its end and waits.
    func finish() -> Result {
        try? input.fileHandleForWriting.close()
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            output: String(decoding: written, as: UTF8.self), errors: String(decoding: complaints, as: UTF8.self),
            status: process.terminationStatus)
    }

    func terminate() {
        kill(identifier, SIGTERM)
    }

    /// Threads the process has now.
    var threadCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task").count) ?? 0
    }
}

extension EchoProcess {
    /// Serves one request by CGI.
    static func cgi(
        _ path: String = "/", body: [UInt8] = [], length: String? = nil, method: String = "POST",
        extra: [String: String] = [:], arguments: [String] = [], executable: String = EchoProcess.executable,
        folder: String? = nil
    ) throws -> Result {
        var environment = extra
        environment["GATEWAY_INTERFACE"] = "CGI/1.1"
        environment["REQUEST_METHOD"] = method
        environment["REQUEST_URI"] = path
        environment["CONTENT_LENGTH"] = length
        let echo = try EchoProcess(arguments, executable: executable, environment: environment, folder: folder)
        echo.write(body)
        return echo.finish()
    }
}
