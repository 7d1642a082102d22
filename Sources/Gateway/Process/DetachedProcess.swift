internal import CFastCGI
internal import Glibc
internal import Synchronization

/// A child that outlives the request it was started by.
///
/// Apache kills the process group of a CGI program about a second after its answer, and waits for every
/// copy of its standard output to close: so the child leads a session of its own and inherits no
/// descriptor. Nor does it inherit the environment, which is the request's.
package enum DetachedProcess {
    /// Children that were started here, until they are known to have ended.
    private static let children = Mutex<[pid_t]>([])

    /// Starts a program in a session of its own, at `/`, with no descriptor but `/dev/null` as standard
    /// input, output and error, and does not wait for it.
    /// - Parameters:
    ///   - executable: an absolute path; `/proc/self/exe` is this program.
    ///   - arguments: what follows the program's name.
    ///   - environment: its whole environment.
    /// - Returns: its process id.
    /// - Throws: ``SystemError`` if it could not be started.
    @discardableResult
    package static func start(
        executable: String, arguments: [String], environment: [(name: String, value: String)]
    ) throws(SystemError) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        try check("posix_spawn_file_actions_init", unsafe posix_spawn_file_actions_init(&actions))
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        try unsafe detach(&actions)
        var attributes = posix_spawnattr_t()
        try check("posix_spawnattr_init", unsafe posix_spawnattr_init(&attributes))
        defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
        try useOwnSession(&attributes)

        var child = pid_t()
        let arguments = CStrings([executable] + arguments)
        let environment = CStrings(environment.map { "\($0.name)=\($0.value)" })
        try check(
            "posix_spawn",
            unsafe posix_spawn(&child, executable, &actions, &attributes, arguments.pointers, environment.pointers))
        let started = child
        children.withLock { children in
            // A process that lives on would collect its ended children as zombies.
            children.removeAll { waitpid($0, nil, WNOHANG) != 0 }
            children.append(started)
        }
        return started
    }

    private static func detach(_ actions: inout posix_spawn_file_actions_t) throws(SystemError) {
        for descriptor in STDIN_FILENO...STDERR_FILENO {
            try check(
                "posix_spawn_file_actions_addopen",
                unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0))
        }
        try check(
            "posix_spawn_file_actions_addclosefrom_np",
            unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1))
        try check(
            "posix_spawn_file_actions_addchdir_np", unsafe posix_spawn_file_actions_addchdir_np(&actions, "/"))
    }

    private static func useOwnSession(_ attributes: inout posix_spawnattr_t) throws(SystemError) {
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        try check("posix_spawnattr_setsigmask", unsafe posix_spawnattr_setsigmask(&attributes, &none))
        try check("posix_spawnattr_setsigdefault", unsafe posix_spawnattr_setsigdefault(&attributes, &all))
        try check("posix_spawnattr_setflags", unsafe postern_spawn_in_own_session(&attributes))
    }

    private static func check(_ call: String, _ code: Int32) throws(SystemError) {
        guard code == 0 else { throw SystemError(call, code: code) }
    }
}

/// Strings as `execve` wants them: an array of C strings with a null pointer behind.
@safe private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        unsafe pointers = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() {
            unsafe (pointers + index).initialize(to: strdup(string))
        }
        unsafe (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
