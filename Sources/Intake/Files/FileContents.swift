import Glibc

/// Reads small files whole.
package enum FileContents {
    package struct Failure: Error, Equatable {
        /// The call's `errno`, or 0 if the file is no regular file or too large.
        package var code: Int32
        package var problem: String

        /// - Parameter rights: what to do where only the right to read it is missing.
        package func remedy(rights: String = "let Postern's user read it") -> String {
            switch code {
            case 0: "name the right file"
            case ENOENT: "create it or correct the path"
            default: rights
            }
        }
    }

    /// What tells one state of a file from another.
    package struct Fingerprint: Sendable, Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var modified: Int64
        var changed: Int64

        init(_ status: stat) {
            device = status.st_dev
            inode = status.st_ino
            size = status.st_size
            modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
        }
    }

    /// - Throws: `Failure` when the file can't be read, is no regular file, or holds more than `limit` bytes.
    package static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(code: 0, problem: "\(path) is not a regular file") }
        guard status.st_size <= limit else { throw Failure(code: 0, problem: "\(path) is larger than \(limit) bytes") }
        return try readAll(file, path: path, limit: limit)
    }

    /// What is at `path` now, or nil if it can't be told.
    package static func fingerprint(_ path: String) -> Fingerprint? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Fingerprint(status)
    }

    /// Everything that is left on a descriptor.
    package static func readAll(_ file: Int32, path: String, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else {
                throw Failure(code: 0, problem: "\(path) is larger than \(limit) bytes")
            }
            bytes += chunk[..<count]
        }
    }

    private static func failure(_ path: String) -> Failure {
        let code = errno
        let text = unsafe String(cString: strerror(code))
        return Failure(code: code, problem: "\(path) cannot be read (\(text)) by user id \(geteuid())")
    }
}
