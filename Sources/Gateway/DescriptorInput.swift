internal import Glibc

/// The body of a CGI request as it comes in on a descriptor.
struct DescriptorInput: BodySource {
    let descriptor: Int32
    private let transferTime: Duration
    /// When the time is over.
    private let end: Duration
    private var hasEnded = false
    private(set) var failure: BodyFailure?

    /// - Parameter transferTime: time in which all of it must arrive, from now on.
    init(descriptor: Int32, transferTime: Duration) {
        self.descriptor = descriptor
        self.transferTime = transferTime
        end = MonotonicClock.now() + transferTime
    }

    mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var filled = 0
        while filled < buffer.count, !hasEnded, waitUntilReadable() {
            let count = unsafe Glibc.read(
                descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
            if count > 0 {
                filled += count
            } else if count == 0 {
                hasEnded = true
            } else if errno != EINTR, errno != EAGAIN {
                fail(.stream(code: Int(errno)))
            }
        }
        return filled
    }

    mutating func isAtEnd(isDeclared: Bool) -> Bool {
        // Not every server closes the pipe behind the declared bytes: look, but do not wait.
        if hasEnded || isDeclared && !Poller.isReadable(descriptor) { return true }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { buffer in
            unsafe read(into: buffer) == 0
        }
    }

    private mutating func fail(_ failure: BodyFailure) {
        self.failure = failure
        hasEnded = true
    }

    private mutating func waitUntilReadable() -> Bool {
        while true {
            let left = (end - MonotonicClock.now()) / .milliseconds(1)
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&entry, 1, Int32(max(0, min(left.rounded(.up), 86_400_000))))
            if ready > 0 || ready < 0 && errno != EINTR { return true }
            if ready == 0 {
                fail(.timeLimit(seconds: Int(transferTime.components.seconds)))
                return false
            }
        }
    }
}
