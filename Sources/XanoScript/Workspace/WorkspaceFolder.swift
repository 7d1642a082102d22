import Glibc

/// The walk through a workspace's folder: which `.xs` files there are, without reading them. Hidden files and
/// folders are skipped, others than `.xs` ignored. A symbolic link is followed if it stays inside the folder.
package struct WorkspaceFolder {
    package static let maximumFiles = 20_000
    package static let maximumDepth = 16
    /// Bytes of one file.
    package static let maximumFileSize = 2 << 20

    struct File {
        /// Relative to the folder.
        var path: String
        var size: Int
    }

    struct Problem {
        var path: String
        var message: String
        var remedy: String
    }

    let root: String
    /// The folder without links, to see whether a link leads out of it.
    private let realRoot: String
    private(set) var files: [File] = []
    private(set) var problems: [Problem] = []
    private(set) var fingerprint = WorkspaceFingerprint()
    /// Device and inode of the folders on the way down, so that a link to one of them does not lead round and round.
    private var ancestors: [(device: UInt, inode: UInt)] = []

    /// Walks through the folder, in order of names.
    init(_ root: String) throws(WorkspaceError) {
        self.root = root
        guard let status = Self.status(root) else {
            throw errno == ENOENT || errno == ENOTDIR ? .missing(root) : .unreadable(root, errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(root) }
        guard let realRoot = Self.realPath(root) else { throw .unreadable(root, errno: errno) }
        self.realRoot = realRoot
        if let number = walk("", status) { throw .unreadable(root, errno: number) }
        if files.count > Self.maximumFiles { throw .tooManyFiles(root) }
    }

    /// The `.xs` files of a folder, relative to it.
    package static func paths(in root: String) throws(WorkspaceError) -> [String] {
        try WorkspaceFolder(root).files.map(\.path)
    }

    /// The whole path of a file.
    func fullPath(_ relative: String) -> String { relative.isEmpty ? root : root + "/" + relative }

    /// Reads one folder; the error number if it cannot be opened.
    private mutating func walk(_ folder: String, _ status: stat) -> Int32? {
        fingerprint.add(folder, status)
        let identity = (device: UInt(status.st_dev), inode: UInt(status.st_ino))
        if ancestors.contains(where: { $0 == identity }) { return nil }
        guard ancestors.count < Self.maximumDepth else {
            problems.append(
                Problem(
                    path: folder, message: "folders are nested more than \(Self.maximumDepth) deep",
                    remedy: "move what is in it up, or remove it"))
            return nil
        }
        guard let names = Self.names(in: fullPath(folder)) else { return errno }
        ancestors.append(identity)
        defer { ancestors.removeLast() }
        for name in names where files.count <= Self.maximumFiles {
            let path = folder.isEmpty ? name : folder + "/" + name
            guard let status = Self.linkStatus(fullPath(path)) else { continue }
            visit(path, status)
        }
        return nil
    }

    private mutating func visit(_ path: String, _ status: stat) {
        var status = status
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let target = Self.status(fullPath(path)) else {
                if path.hasSuffix(".xs") {
                    problems.append(
                        Problem(path: path, message: "this link leads nowhere", remedy: "remove it or mend its target"))
                }
                return
            }
            let isOurs = target.st_mode & S_IFMT == S_IFDIR || path.hasSuffix(".xs")
            guard isOurs else { return }
            guard staysInside(path) else {
                problems.append(
                    Problem(
                        path: path, message: "this link leads out of the workspace",
                        remedy: "put the file itself into the workspace"))
                return
            }
            status = target
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            if let number = walk(path, status) { cannotRead(path, number) }
        } else if path.hasSuffix(".xs"), status.st_mode & S_IFMT == S_IFREG {
            fingerprint.add(path, status)
            files.append(File(path: path, size: Int(status.st_size)))
        }
    }

    private func staysInside(_ path: String) -> Bool {
        guard let real = Self.realPath(fullPath(path)) else { return false }
        return real == realRoot || real.hasPrefix(realRoot == "/" ? "/" : realRoot + "/")
    }

    private mutating func cannotRead(_ path: String, _ number: Int32) {
        problems.append(
            Problem(
                path: path, message: "this folder cannot be read: \(Self.text(ofError: number))",
                remedy: "give the user that runs postern the right to read it"))
    }
}
