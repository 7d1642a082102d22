import Glibc

/// The system's clocks.
package enum Clock {
    /// Milliseconds since the epoch, UTC.
    @Sendable package static func now() -> Int64 { milliseconds(CLOCK_REALTIME) }

    /// Milliseconds of a clock that never jumps.
    @Sendable package static func monotonic() -> Int64 { milliseconds(CLOCK_MONOTONIC) }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
    }
}
