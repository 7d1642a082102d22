internal import CFastCGI
internal import Glibc

extension ListeningSocket {
    /// Listens at a path. A socket that a dead process left there is replaced, one that answers is not.
    ///
    /// The socket is made under another name, with its final mode and owner, and only then takes its
    /// place: nobody connects to it before, and no connection falls between the old one and the new.
    /// - Throws: ``ListeningError``.
    package static func unix(
        path: String, mode: UInt32 = 0o660, group: String? = nil
    ) throws(ListeningError) -> ListeningSocket {
        let temporary = temporaryName(for: path)
        for name in [path, temporary] {
            guard UnixAddress(name) != nil else { throw .pathTooLong(path, maximum: UnixAddress.maximumLength) }
        }
        let group = try group.map { name throws(ListeningError) in try groupID(name) }
        let folder = try lockFolder(of: path)
        defer { close(folder) }
        try refuseIfTaken(path)

        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(place: path, SystemError("socket")) }
        do throws(ListeningError) {
            try bindPrivately(descriptor, temporary)
            try open(descriptor, temporary, to: mode, group, path: path)
            guard let file = SocketFile(path: path, madeAs: temporary) else {
                throw .system(place: path, SystemError("lstat"))
            }
            guard unsafe rename(temporary, path) == 0 else { throw .system(place: path, SystemError("rename")) }
            return ListeningSocket(descriptor: descriptor, name: path, isOwn: true, file: file)
        } catch {
            close(descriptor)
            unsafe unlink(temporary)
            throw error
        }
    }

    private static func temporaryName(for path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { path[...$0] } ?? ""
        return "\(folder).\(getpid())"
    }

    /// Two processes that start at once take turns.
    private static func lockFolder(of path: String) throws(ListeningError) -> Int32 {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[...$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(place: path, SystemError("open")) }
        guard flock(descriptor, LOCK_EX) == 0 else {
            let error = SystemError("flock")
            close(descriptor)
            throw .system(place: path, error)
        }
        return descriptor
    }

    private static func refuseIfTaken(_ path: String) throws(ListeningError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .system(place: path, SystemError("lstat"))
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else { throw .system(place: path, SystemError("socket")) }
        defer { close(probe) }
        // EAGAIN is a live one, too: its queue is full. Only a refusal shows that nobody is there.
        if UnixAddress(path)?.connect(probe) == 0 || errno != ECONNREFUSED { throw .inUse(path: path) }
    }

    private static func bindPrivately(_ descriptor: Int32, _ name: String) throws(ListeningError) {
        unsafe unlink(name)
        // On Linux the file that bind makes has the mode of the socket: from its first moment nobody else's.
        guard fchmod(descriptor, 0o600) == 0 else { throw .system(place: name, SystemError("fchmod")) }
        guard UnixAddress(name)?.bind(descriptor) == 0 else { throw .system(place: name, SystemError("bind")) }
    }

    private static func open(
        _ descriptor: Int32, _ name: String, to mode: UInt32, _ group: gid_t?, path: String
    ) throws(ListeningError) {
        if let group, unsafe lchown(name, uid_t.max, group) != 0 {
            throw .ownership(path: path, SystemError("chown"))
        }
        guard unsafe chmod(name, mode & 0o777) == 0 else { throw .ownership(path: path, SystemError("chmod")) }
        guard Glibc.listen(descriptor, backlog) == 0 else { throw .system(place: path, SystemError("listen")) }
    }

    private static func groupID(_ name: String) throws(ListeningError) -> gid_t {
        var entry = unsafe group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 65536)
        guard unsafe getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, unsafe found != nil else {
            throw .unknownGroup(name)
        }
        return unsafe entry.gr_gid
    }
}

/// The file of a socket that this process made.
struct SocketFile: Sendable {
    let path: String
    private let device: dev_t
    private let inode: ino_t

    init?(path: String, madeAs name: String) {
        var status = stat()
        guard unsafe lstat(name, &status) == 0 else { return nil }
        self.path = path
        (device, inode) = (status.st_dev, status.st_ino)
    }

    /// Removes the file, unless another process has put its own there by now.
    func remove() {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unsafe unlink(path)
    }
}
