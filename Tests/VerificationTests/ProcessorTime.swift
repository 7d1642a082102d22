import Glibc

/// What the work of a test costs, so that two amounts of it can be compared: other tests at the same time do not count.
enum ProcessorTime {
    /// Nanoseconds of this thread.
    static func of(_ body: () throws -> Void) rethrows -> Int {
        let start = now
        try body()
        return now - start
    }

    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
