internal import CFastCGI
internal import Glibc

/// The `#!` file through which the web server started this process by CGI, if it did.
///
/// The kernel passes such a file as the first argument, but so does Apache the words of a query without
/// `=`: `/bin.cgi?/path/to/file` must not choose the route. An argument counts only if it is the very
/// file that the kernel was told to execute (`AT_EXECFN`), and not Postern itself.
package struct RouteFile: Sendable {
    /// The path as the kernel passed it, which is relative under suEXEC.
    package let path: String

    /// All of the file. It was read from what the kernel executed, even if the path leads elsewhere by now.
    package let contents: [UInt8]

    /// Settings are a few lines; anything larger is no route file.
    package static let maximumSize = 64 * 1024

    /// The route file of this process, nil if it was started without one.
    /// - Throws: ``Failure`` if there is one that cannot be read.
    package static func ofProcess() throws(Failure) -> RouteFile? {
        guard CommandLine.arguments.count > 1, let executed = unsafe postern_executed_file() else { return nil }
        return try unsafe RouteFile(
            argument: CommandLine.arguments[1], executed: String(cString: executed), own: "/proc/self/exe")
    }

    /// - Parameters:
    ///   - argument: the first argument.
    ///   - executed: what the kernel was told to execute.
    ///   - own: a path of our own executable.
    init?(argument: String, executed: String, own: String) throws(Failure) {
        guard let wanted = FileIdentity(path: executed), wanted != FileIdentity(path: own),
            FileIdentity(path: argument) == wanted
        else { return nil }
        let descriptor = unsafe open(argument, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: argument, SystemError("open")) }
        defer { close(descriptor) }
        guard FileIdentity(descriptor: descriptor) == wanted else { throw .replaced(path: argument) }
        path = argument
        contents = try Self.read(descriptor, path: argument)
    }

    private static func read(_ descriptor: Int32, path: String) throws(Failure) -> [UInt8] {
        var contents: [UInt8] = []
        while contents.count <= maximumSize {
            var code: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                let received = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                code = received < 0 ? errno : 0
                count = max(received, 0)
            }
            guard code == 0 || code == EINTR else { throw .unreadable(path: path, SystemError("read", code: code)) }
            if chunk.isEmpty, code == 0 { return contents }
            contents += chunk
        }
        throw .tooLarge(path: path)
    }

    /// Why a route file could not be taken.
    package enum Failure: Error, Sendable, Equatable {
        case unreadable(path: String, SystemError)
        case tooLarge(path: String)
        case replaced(path: String)
    }
}

extension RouteFile.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let error):
            "route file \(path) cannot be read (\(error)): let the user that runs it read it"
        case .tooLarge(let path):
            "route file \(path) is larger than \(RouteFile.maximumSize) bytes: leave only settings in it"
        case .replaced(let path):
            "route file \(path) was replaced while it started: send the request again"
        }
    }
}

/// What makes two paths the same file.
private struct FileIdentity: Equatable {
    let device: dev_t
    let inode: ino_t

    init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }

    init?(descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}
