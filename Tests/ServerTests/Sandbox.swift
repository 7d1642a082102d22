import Foundation
import Glibc

/// A folder of a test's own, with the program in it, that a web server's user can reach.
final class Sandbox: Sendable {
    let root: String
    /// The user as whom web servers run their programs: themselves if we are nobody special.
    static let serverUser = geteuid() == 0 ? "www-data" : NSUserName()

    init() throws {
        var template = Array("/tmp/postern-test-XXXXXX".utf8CString)
        root = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
        for folder in ["data", "documents"] {
            try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
        }
        chmod(root, 0o755)
        chmod(root + "/data", 0o700)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Where the tests' products lie: the program is built beside them.
    static let products: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path
    }()

    /// The repository's folder.
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The program where every user may execute it, copied there once by another process: a descriptor of our own that
    /// writes it could be inherited by a child of a test beside this one, and a file that is written is not executed.
    private static let sharedProgram = Result { () throws -> String in
        let folder = "/tmp/postern-test-program-\(getuid())-\(getpid())"
        let result = try Command.run(
            "/bin/sh", ["-c", "umask 022; mkdir -p \"$1\" && cp \"$2\" \"$1/postern\"", "sh", folder, products + "/postern"])
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        atexit { _ = try? FileManager.default.removeItem(atPath: "/tmp/postern-test-program-\(getuid())-\(getpid())") }
        return folder + "/postern"
    }

    /// The program inside the sandbox.
    func program() throws -> String {
        let path = root + "/postern"
        if !FileManager.default.fileExists(atPath: path) {
            try FileManager.default.linkItem(atPath: try Self.sharedProgram.get(), toPath: path)
        }
        return path
    }

    @discardableResult
    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
        let path = root + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
        return path
    }

    /// Copies a workspace in.
    func workspace(_ source: String, as name: String = "workspace") throws -> String {
        let path = root + "/" + name
        try FileManager.default.copyItem(atPath: source, toPath: path)
        for entry in FileManager.default.enumerator(atPath: path) ?? .init() {
            guard let entry = entry as? String else { continue }
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + entry, isDirectory: &isFolder)
            chmod(path + "/" + entry, isFolder.boolValue ? 0o755 : 0o644)
        }
        chmod(path, 0o755)
        return path
    }

    /// Makes everything but the program belong to the user as whom the web server runs CGI programs.
    func handOver() throws {
        guard geteuid() == 0 else { return }
        try Command.run("/bin/chown", ["-R", "www-data", root])
    }
}

/// Runs a program to its end.
enum Command {
    struct Result: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    @discardableResult
    static func run(
        _ path: String, _ arguments: [String], input: Data = Data(), environment: [String: String]? = nil,
        directory: String? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let collected = Collected()
        let reader = Thread { collected.errors = errors.fileHandleForReading.readDataToEndOfFile(); collected.done.signal() }
        reader.start()
        Thread {
            try? standardInput.fileHandleForWriting.write(contentsOf: input)
            try? standardInput.fileHandleForWriting.close()
        }.start()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        collected.done.wait()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: collected.errors, as: UTF8.self))
    }

    // Safe: written once by the reading thread before it signals, read only after that.
    private final class Collected: @unchecked Sendable {
        var errors = Data()
        let done = DispatchSemaphore(value: 0)
    }
}
