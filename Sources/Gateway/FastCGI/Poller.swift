internal import CFastCGI
internal import Glibc

/// Waits for descriptors to become readable (epoll), on any number of threads at once.
final class Poller: Sendable {
    /// How a descriptor is watched.
    enum Mode {
        /// Reported for as long as it is readable.
        case always
        /// Reported once, until it is watched again.
        case once
        /// Not reported, until it is watched again.
        case never

        fileprivate var events: UInt32 {
            switch self {
            case .always: EPOLLIN.rawValue
            case .once: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
            case .never: 0
            }
        }
    }

    private let descriptor: Int32

    init() throws(SystemError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("epoll_create1") }
    }

    deinit {
        close(descriptor)
    }

    /// Watches a descriptor for the first time.
    /// - Parameter token: what `wait` reports it as.
    func add(_ watched: Int32, token: UInt64, _ mode: Mode) throws(SystemError) {
        try control(EPOLL_CTL_ADD, watched, token, mode)
    }

    /// Watches a descriptor again, or in another mode.
    func modify(_ watched: Int32, token: UInt64, _ mode: Mode) throws(SystemError) {
        try control(EPOLL_CTL_MOD, watched, token, mode)
    }

    private func control(
        _ operation: Int32, _ watched: Int32, _ token: UInt64, _ mode: Mode
    ) throws(SystemError) {
        var event = unsafe epoll_event()
        unsafe event.events = mode.events
        unsafe event.data.u64 = token
        guard unsafe epoll_ctl(descriptor, operation, watched, &event) == 0 else { throw SystemError("epoll_ctl") }
    }

    /// Waits for one descriptor.
    /// - Parameter milliseconds: −1 to wait without limit.
    /// - Returns: its token, nil if the time passed or a signal came.
    func wait(milliseconds: Int32) -> UInt64? {
        var event = unsafe epoll_event()
        return unsafe epoll_wait(descriptor, &event, 1, milliseconds) == 1 ? event.data.u64 : nil
    }

    /// Whether a descriptor is readable now.
    static func isReadable(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) == 1
    }
}

/// A descriptor that one thread makes readable to wake others (eventfd).
final class WakeUp: Sendable {
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw SystemError("eventfd") }
    }

    deinit {
        close(descriptor)
    }

    func signal() {
        Self.signal(descriptor)
    }

    /// Also good in a signal handler.
    static func signal(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }

    /// Makes it unreadable again.
    func clear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
    }

    /// Waits until it is signalled.
    /// - Returns: whether it was, within the time.
    func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) == 1
    }
}
