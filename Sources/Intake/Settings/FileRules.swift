import Glibc
import XanoScript

/// The rules for files that Postern trusts: secrets, databases, workspaces and route files, and every folder above
/// them, belong to the process's user or root and are writable by nobody else.
package struct FileRules: Sendable {
    /// Folders in which such files may lie; empty for any.
    package var allowed: [String]

    package init(allowed: [String] = []) {
        self.allowed = allowed
    }

    package struct Violation: Error, Equatable, CustomStringConvertible {
        package var problem: String
        package var remedy: String

        package var description: String { "\(problem); \(remedy)" }
    }

    /// Checks what lies at `path`, and everything above it.
    ///
    /// - Parameter documentRoot: where the file must not lie, nil if it may lie anywhere.
    /// - Returns: the path with links followed.
    package func check(_ path: String, outside documentRoot: String?) throws(Violation) -> String {
        let real = try resolved(path)
        try checkPlace(real, path: path, outside: documentRoot)
        try checkOwners(real)
        return real
    }

    /// The same for a file that need not exist yet, in a folder that must.
    package func checkPlaceToBe(_ path: String, outside documentRoot: String?) throws(Violation) -> String {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return try check(path, outside: documentRoot) }
        guard let slash = path.lastIndex(of: "/") else {
            throw Violation(problem: "\(path) is not an absolute path", remedy: "begin it with /")
        }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        let real = try check(folder, outside: documentRoot)
        return (real == "/" ? "" : real) + path[slash...]
    }

    /// Checks a folder, what is above it, and every `.xs` file and folder inside.
    package func checkTree(_ folder: String, outside documentRoot: String?) throws(Violation) {
        let real = try check(folder, outside: documentRoot)
        let files: [String]
        do throws(WorkspaceError) {
            files = try WorkspaceFolder.paths(in: real)
        } catch {
            throw Violation(problem: error.description, remedy: "name the folder that holds the .xs files")
        }
        var checked: Set<Substring> = []
        for file in files {
            var path = file[...]
            while checked.insert(path).inserted {
                try checkOwner(real + "/" + path)
                guard let slash = path.lastIndex(of: "/") else { break }
                path = path[..<slash]
            }
        }
    }

    /// Whether everybody may read the file.
    package static func isReadableByEverybody(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & 0o004 != 0
    }

    private func resolved(_ path: String) throws(Violation) -> String {
        errno = 0
        guard let pointer = unsafe realpath(path, nil) else {
            let error = errno
            let user = "user id \(geteuid())"
            switch error {
            case ENOENT, ENOTDIR:
                throw Violation(problem: "\(path) does not exist", remedy: "create it or correct the path")
            case EACCES:
                throw Violation(
                    problem: "\(path) cannot be reached by \(user)", remedy: "let that user into the folders above it (chmod +x)")
            default:
                throw Violation(problem: "\(path) cannot be resolved (\(Self.message(error)))", remedy: "correct the path")
            }
        }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }

    private func checkPlace(_ real: String, path: String, outside documentRoot: String?) throws(Violation) {
        if let documentRoot, !documentRoot.isEmpty, let root = try? resolved(documentRoot), root != "/", Self.lies(real, in: root) {
            throw Violation(
                problem: "\(path) lies under the web server's document root \(root)", remedy: "move it where no request can fetch it")
        }
        guard !allowed.isEmpty else { return }
        let folders = allowed.compactMap { try? resolved($0) }
        guard folders.contains(where: { Self.lies(real, in: $0) }) else {
            throw Violation(
                problem: "\(path) lies in none of the folders given by --allow", remedy: "move it there, or allow its folder")
        }
    }

    private static func lies(_ path: String, in folder: String) -> Bool {
        folder == "/" || path == folder || path.hasPrefix(folder + "/")
    }

    private func checkOwners(_ real: String) throws(Violation) {
        var end = real.endIndex
        while true {
            try checkOwner(end == real.startIndex ? "/" : String(real[..<end]))
            guard end != real.startIndex, let slash = real[..<end].lastIndex(of: "/") else { return }
            end = slash
        }
    }

    private func checkOwner(_ path: String) throws(Violation) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            throw Violation(problem: "\(path) cannot be examined (\(Self.message(errno)))", remedy: "correct its permissions")
        }
        let user = geteuid()
        guard status.st_uid == 0 || status.st_uid == user else {
            throw Violation(
                problem: "\(path) belongs to user id \(status.st_uid), not to root or to user id \(user), which Postern runs as",
                remedy: "chown it")
        }
        let isShared = status.st_mode & 0o022 != 0
        // A folder such as /tmp: others may add files, but not touch those of another.
        let isSticky = status.st_mode & S_IFMT == S_IFDIR && status.st_mode & UInt32(S_ISVTX) != 0 && status.st_uid == 0
        guard !isShared || isSticky else {
            throw Violation(problem: "\(path) is writable by its group or by others", remedy: "chmod go-w \(path)")
        }
    }

    private static func message(_ error: Int32) -> String {
        unsafe String(cString: strerror(error))
    }
}
