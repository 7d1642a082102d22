internal import Glibc

/// The body of a CGI request as it comes in on a descriptor.
struct BodyStream {
    let descriptor: Int32
    /// What to call the time limit in a failure.
    let transferTime: Duration
    /// When the time is over.
    private let end: Duration
    private var isAtEnd = false

    init(descriptor: Int32, transferTime: Duration) {
        self.descriptor = descriptor
        self.transferTime = transferTime
        end = MonotonicClock.now() + transferTime
    }

    /// Reads the whole body, and proves it whole as far as its length is known.
    mutating func read(_ declared: DeclaredLength, maximum: Int) throws(BodyFailure) -> [UInt8] {
        switch declared {
        case .malformed: throw .malformedLength
        case .known(let length):
            guard length <= maximum else { throw .tooLarge(maximum: maximum) }
            let body = try take(upTo: length)
            guard body.count == length else {
                throw .shorterThanDeclared(declared: length, received: body.count)
            }
            // Not every server closes the pipe behind the declared bytes: look, but do not wait.
            if !isAtEnd, Poller.isReadable(descriptor), try !take(upTo: 1).isEmpty {
                throw .longerThanDeclared(declared: length)
            }
            isAtEnd = true
            return body
        case .unknown:
            let body = try take(upTo: maximum)
            guard try take(upTo: 1).isEmpty else { throw .tooLarge(maximum: maximum) }
            return body
        }
    }

    /// Reads what is left and throws it away: some web servers lose an answer that is given before.
    mutating func drain(limit: Int) {
        var left = limit
        while left > 0, let count = try? take(upTo: min(left, 64 * 1024)).count, count > 0 {
            left -= count
        }
    }

    /// Reads so many bytes, fewer only if the stream ends before.
    private mutating func take(upTo wanted: Int) throws(BodyFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < wanted, !isAtEnd {
            try waitUntilReadable()
            var code: Int32 = 0
            // What is declared is not yet there: room grows with what has come.
            let room = min(wanted - bytes.count, max(16 * 1024, bytes.count))
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                let received = unsafe Glibc.read(descriptor, buffer.baseAddress, room)
                code = received < 0 ? errno : 0
                count = max(received, 0)
            }
            switch code {
            case 0:
                isAtEnd = chunk.isEmpty
                bytes = bytes.isEmpty ? chunk : bytes + chunk
            case EINTR, EAGAIN: continue
            default:
                isAtEnd = true
                throw .stream(code: Int(code))
            }
        }
        return bytes
    }

    private mutating func waitUntilReadable() throws(BodyFailure) {
        while true {
            let left = (end - MonotonicClock.now()) / .milliseconds(1)
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&entry, 1, Int32(max(0, min(left.rounded(.up), 86_400_000))))
            if ready > 0 || ready < 0 && errno != EINTR { return }
            if ready == 0 {
                isAtEnd = true
                throw .timeLimit(seconds: Int(transferTime.components.seconds))
            }
        }
    }
}
