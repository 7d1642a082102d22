internal import Glibc
internal import Synchronization

/// A counting semaphore: no system call unless somebody waits.
@safe package final class Semaphore: Sendable {
    // Safe to share: the address never changes, and these functions are made for several threads.
    private nonisolated(unsafe) let pointer: UnsafeMutablePointer<sem_t>

    package init(_ count: UInt32 = 0) {
        unsafe pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        _ = unsafe sem_init(pointer, 0, count)
    }

    deinit {
        _ = unsafe sem_destroy(pointer)
        unsafe pointer.deallocate()
    }

    package func signal() { _ = unsafe sem_post(pointer) }

    package func wait() {
        // A signal handler may interrupt it.
        while unsafe sem_wait(pointer) != 0, errno == EINTR {}
    }
}

/// One value from one thread to another that waits for it.
final class Reply<Value: Sendable>: Sendable {
    private let given = Semaphore()
    private let value = Mutex<Result<Value, any Error>?>(nil)

    func give(_ result: Result<Value, any Error>) {
        value.withLock { $0 = result }
        given.signal()
    }

    func wait() -> Result<Value, any Error> {
        given.wait()
        return value.withLock { $0 } ?? .failure(WriterError.stopped)
    }
}
