import Glibc

/// What a workspace's folder looks like from outside: path, inode, size and times of each folder and each `.xs` file.
/// Two that differ mean that something changed. Taking one reads no file, so it can be done every second.
package struct WorkspaceFingerprint: Sendable, Equatable {
    private var hasher = Hasher()
    private var value = 0
    private var count = 0

    init() {}

    /// Of a folder as it is now.
    package init(directory: String) throws(WorkspaceError) {
        self = try WorkspaceFolder(directory).fingerprint
    }

    mutating func add(_ path: String, _ status: stat) {
        hasher.combine(path)
        hasher.combine(status.st_dev)
        hasher.combine(status.st_ino)
        hasher.combine(status.st_mode)
        hasher.combine(status.st_size)
        hasher.combine(status.st_mtim.tv_sec)
        hasher.combine(status.st_mtim.tv_nsec)
        // A file that becomes readable changes nothing else.
        hasher.combine(status.st_ctim.tv_sec)
        hasher.combine(status.st_ctim.tv_nsec)
        value = hasher.finalized()
        count += 1
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.value == right.value && left.count == right.count
    }
}

extension Hasher {
    /// The value so far; the hasher itself can go on.
    fileprivate func finalized() -> Int {
        let copy = self
        return copy.finalize()
    }
}
