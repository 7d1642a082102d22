internal import Glibc

/// A file beside a database whose bytes stand for what processes hold, by the system's locks: a lock ends with the
/// process that holds it, however that ends, and is never left behind.
package final class LockFile: Sendable {
    private let descriptor: Int32
    package let path: String

    /// Opens the file, created with mode 0600 if there is none.
    package init(_ path: String) throws(DatabaseError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
        guard opened >= 0 else {
            throw DatabaseError(.cannotOpen, "\(path): \(systemMessage(errno))")
        }
        descriptor = opened
        self.path = path
    }

    deinit { close(descriptor) }

    /// Locks one byte for this object; false if another process, or another object of this one, holds it.
    package func tryLock(_ byte: Int64) throws(DatabaseError) -> Bool {
        var lock = region(byte, F_WRLCK)
        if unsafe fcntl(descriptor, setLock, &lock) == 0 { return true }
        let number = errno
        if number == EAGAIN || number == EACCES { return false }
        throw DatabaseError(.inputOutput, "\(path): \(systemMessage(number))")
    }

    package func unlock(_ byte: Int64) {
        var lock = region(byte, F_UNLCK)
        _ = unsafe fcntl(descriptor, setLock, &lock)
    }

    /// Whether somebody else holds the byte: another process, or another object of this one.
    package func isHeldElsewhere(_ byte: Int64) throws(DatabaseError) -> Bool {
        var lock = region(byte, F_WRLCK)
        guard unsafe fcntl(descriptor, getLock, &lock) == 0 else {
            throw DatabaseError(.inputOutput, "\(path): \(systemMessage(errno))")
        }
        return lock.l_type != Int16(F_UNLCK)
    }

    /// Whether somebody else holds any byte from this one on.
    package func isAnyHeldElsewhere(from byte: Int64) throws(DatabaseError) -> Bool {
        // No length means to the end, wherever that is.
        var lock = region(byte, F_WRLCK, length: 0)
        guard unsafe fcntl(descriptor, getLock, &lock) == 0 else {
            throw DatabaseError(.inputOutput, "\(path): \(systemMessage(errno))")
        }
        return lock.l_type != Int16(F_UNLCK)
    }

    private func region(_ byte: Int64, _ type: Int32, length: Int = 1) -> flock {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Int(byte)
        lock.l_len = length
        return lock
    }
}

// Locks of the open file, not of the process (F_OFD_GETLK, F_OFD_SETLK of Linux, which Swift's Glibc leaves out):
// the older kind is lost when any descriptor of the same file is closed.
private let getLock: Int32 = 36
private let setLock: Int32 = 37
