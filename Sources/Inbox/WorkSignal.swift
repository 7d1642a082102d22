internal import Glibc

/// Wakes a worker of this process when there may be something in the queue. Signals that come while none waits
/// are one.
@safe package final class WorkSignal: Sendable {
    // Safe to share: the addresses never change, and the mutex guards the flag.
    private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private nonisolated(unsafe) let condition: UnsafeMutablePointer<pthread_cond_t>
    private nonisolated(unsafe) var isGiven = false

    package init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        _ = unsafe pthread_mutex_init(mutex, nil)
        // By the clock that nobody sets.
        var attributes = pthread_condattr_t()
        _ = unsafe pthread_condattr_init(&attributes)
        _ = unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        _ = unsafe pthread_cond_init(condition, &attributes)
        _ = unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        _ = unsafe pthread_cond_destroy(condition)
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Wakes one worker, now or as soon as one waits. Call it after the commit of what it is to find.
    package func signal() {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        guard unsafe !isGiven else { return }
        unsafe isGiven = true
        _ = unsafe pthread_cond_signal(condition)
    }

    /// Waits for a signal.
    /// - Parameter milliseconds: at most so long; nil for as long as it takes.
    /// - Returns: false if the time ran out first.
    package func wait(atMost milliseconds: Int64?) -> Bool {
        var end = timespec()
        if let milliseconds { Self.set(&end, in: milliseconds) }
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while unsafe !isGiven {
            let result = milliseconds == nil
                ? unsafe pthread_cond_wait(condition, mutex) : unsafe pthread_cond_timedwait(condition, mutex, &end)
            if result == ETIMEDOUT { break }
        }
        defer { unsafe isGiven = false }
        return unsafe isGiven
    }

    private static func set(_ end: inout timespec, in milliseconds: Int64) {
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &end)
        let (seconds, rest) = max(0, min(milliseconds, 1 << 40)).quotientAndRemainder(dividingBy: 1000)
        end.tv_sec += Int(seconds)
        end.tv_nsec += Int(rest) * 1_000_000
        if end.tv_nsec >= 1_000_000_000 {
            end.tv_sec += 1
            end.tv_nsec -= 1_000_000_000
        }
    }
}
