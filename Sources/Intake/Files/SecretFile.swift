import Glibc
import Synchronization

/// A secret's file that does not exist yet. It appears whole or not at all, for its owner alone, and replaces nothing.
package final class SecretFile: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let path: String
    private let isWritten = Mutex(false)

    package init(_ path: String) {
        self.path = path
    }

    /// Writes it and makes it survive a crash of the machine. A second call of the same object has nothing left to do.
    ///
    /// - Throws: `Failure` if something is there, or it could not be written.
    package func write(_ secret: [UInt8]) throws(Failure) {
        guard !isWritten.withLock({ $0 }) else { return }
        let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("be made") }
        defer { _ = unsafe unlink(temporary) }
        let isWhole = fchmod(file, 0o600) == 0 && Self.write(secret + [UInt8(ascii: "\n")], to: file) && fsync(file) == 0
        let error = errno
        close(file)
        guard isWhole else {
            errno = error
            throw failure("be written")
        }
        // Unlike a rename, a link replaces nothing.
        guard unsafe link(temporary, path) == 0 else { throw failure("be put in its place") }
        isWritten.withLock { $0 = true }
        Self.synchronizeFolder(of: path)
    }

    /// Removes what this object has written.
    package func takeBack() {
        isWritten.withLock { isWritten in
            guard isWritten else { return }
            isWritten = unsafe unlink(path) != 0
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func synchronizeFolder(of path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = unsafe open(slash == path.startIndex ? "/" : String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func failure(_ what: String) -> Failure {
        Failure(description: "\(path) could not \(what): \(unsafe String(cString: strerror(errno)))")
    }
}
