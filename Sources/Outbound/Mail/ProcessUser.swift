import Glibc

/// The user whom this process runs as.
struct ProcessUser {
    let name: String
    let home: String

    /// Nil where no such user is known.
    static var current: ProcessUser? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard unsafe getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name, let home = unsafe entry.pw_dir
        else { return nil }
        return unsafe ProcessUser(name: String(cString: name), home: String(cString: home))
    }
}
