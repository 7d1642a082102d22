import CSpawn
import Glibc

/// A program that is given a text and waited for.
///
/// It leads a session of its own, at `/`, with an environment of its own making and no descriptors but its three standard
/// ones, and takes all signals.
struct ChildProcess {
    enum Outcome: Equatable {
        case exited(Int32)
        case killed(Int32)
        case tookTooLong
    }

    struct End {
        var outcome: Outcome
        /// Its first few thousand bytes.
        var standardError: [UInt8]
    }

    private static let maximumError = 4096
    private let child: pid_t
    private let program: String
    /// Where its standard error arrives.
    private let reading: Int32

    init(_ program: String, _ arguments: [String], input: [UInt8]) throws(OutboundError) {
        self.program = program
        // A file in memory, unlike a pipe, is never full and never broken.
        let file = try Self.file(input)
        defer { close(file) }
        var pipes: [Int32] = [-1, -1]
        guard unsafe pipe2(&pipes, O_CLOEXEC) == 0 else { throw Self.failure("pipe2", errno) }
        defer { close(pipes[1]) }
        do throws(OutboundError) {
            child = try Self.spawn(program, arguments, input: file, error: pipes[1])
        } catch {
            close(pipes[0])
            throw error
        }
        reading = pipes[0]
    }

    private static func failure(_ call: String, _ code: Int32) -> OutboundError {
        let text = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return .mailProgram("\(call): \(text)")
    }

    private static func file(_ bytes: [UInt8]) throws(OutboundError) -> Int32 {
        let file = postern_memory_file()
        guard file >= 0 else { throw failure("memfd_create", errno) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                throw failure("write", errno)
            }
            written += count
        }
        guard lseek(file, 0, SEEK_SET) == 0 else {
            close(file)
            throw failure("lseek", errno)
        }
        return file
    }

    // MARK: Starting

    private static func spawn(
        _ program: String, _ arguments: [String], input: Int32, error: Int32
    ) throws(OutboundError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { throw failure("posix_spawn", ENOMEM) }
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        guard unsafe posix_spawnattr_init(&attributes) == 0 else { throw failure("posix_spawn", ENOMEM) }
        defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        let results = [
            unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO),
            unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0),
            unsafe posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO),
            unsafe posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1),
            unsafe posix_spawn_file_actions_addchdir_np(&actions, "/"),
            unsafe posix_spawnattr_setsigmask(&attributes, &none),
            unsafe posix_spawnattr_setsigdefault(&attributes, &all),
            unsafe postern_spawn_with_own_session(&attributes),
        ]
        if let code = results.first(where: { $0 != 0 }) { throw failure("posix_spawn", code) }
        let arguments = CStrings([program] + arguments)
        let environment = CStrings(environment())
        var child = pid_t()
        let code = unsafe posix_spawn(&child, program, &actions, &attributes, arguments.pointers, environment.pointers)
        guard code == 0 else { throw failure(program, code) }
        return child
    }

    private static func environment() -> [String] {
        var environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C"]
        if let user = ProcessUser.current {
            environment += ["HOME=\(user.home)", "LOGNAME=\(user.name)", "USER=\(user.name)"]
        }
        return environment
    }

    // MARK: Waiting

    /// Waits for its end; past the time, ends it and all that it started. Once only.
    func wait(milliseconds: Int64) throws(OutboundError) -> End {
        defer { close(reading) }
        let end = Self.now() + milliseconds
        var said: [UInt8] = []
        var isOpen = true
        while true {
            // What it started may hold its standard error open: only its own end counts.
            var status: Int32 = 0
            let ended = unsafe waitpid(child, &status, WNOHANG)
            if ended == child {
                if isOpen { _ = read(into: &said, milliseconds: 0) }
                return End(outcome: Self.outcome(status), standardError: said)
            }
            guard ended == 0 || errno == EINTR else { throw Self.failure("waitpid", errno) }
            let left = end - Self.now()
            guard left > 0 else {
                _ = kill(-child, SIGKILL)
                _ = kill(child, SIGKILL)
                _ = unsafe waitpid(child, &status, 0)
                return End(outcome: .tookTooLong, standardError: said)
            }
            // The end of its standard error is mostly its own end, which then comes at once.
            if isOpen { isOpen = read(into: &said, milliseconds: min(left, 50)) } else { _ = poll(nil, 0, Int32(min(left, 2))) }
        }
    }

    /// False at the end.
    private func read(into said: inout [UInt8], milliseconds: Int64) -> Bool {
        var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&descriptor, 1, Int32(milliseconds)) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(reading, &buffer, buffer.count)
        if count > 0 { said += buffer.prefix(min(count, max(0, Self.maximumError - said.count))) }
        return count > 0 || count < 0 && errno == EINTR
    }

    private static func outcome(_ status: Int32) -> Outcome {
        status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f)
    }

    private static func now() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// Strings as `execve` wants them: an array of C strings with a null pointer behind.
@safe private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        unsafe pointers = .allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() { unsafe (pointers + index).initialize(to: strdup(string)) }
        unsafe (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
