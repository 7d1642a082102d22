import Glibc

/// As whom files are judged: `--user NAME`, since secrets that Postern's user may read are not root's.
enum ServiceUser {
    static let option = Option("user", "NAME", "as whom Postern runs (as root: postern, if there is such a user)")
    private static let standard = "postern"

    /// Becomes that user for good.
    ///
    /// - Returns: who it is, if it is another than before.
    static func become(_ arguments: Arguments) throws -> String? {
        guard geteuid() == 0 else {
            guard let name = arguments["user"] else { return nil }
            guard try entry(name).user == geteuid() else { throw UsageError("--user: only root can check as another user") }
            return nil
        }
        let name = arguments["user"] ?? standard
        guard let found = try? entry(name) else {
            guard arguments.contains("user") else { return nil }
            throw UsageError("--user: there is no user \(name)")
        }
        guard found.user != 0 else { return nil }
        guard unsafe initgroups(name, found.group) == 0, setgid(found.group) == 0, setuid(found.user) == 0 else {
            throw CommandFailure("cannot become \(name): \(unsafe String(cString: strerror(errno)))")
        }
        return name
    }

    private static func entry(_ name: String) throws(UsageError) -> (user: uid_t, group: gid_t) {
        guard let entry = unsafe getpwnam(name) else { throw UsageError("--user: there is no user \(name)") }
        return unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }
}
