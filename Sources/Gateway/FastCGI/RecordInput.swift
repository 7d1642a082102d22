internal import CFastCGI
internal import Glibc

/// The body of a request that has yet to arrive, taken record by record from its connection.
///
/// libfcgi would take whatever comes, answer management records among it, and write past a buffer of its own
/// where such a record repeats a name. Here nothing but the body's own records counts.
struct RecordInput: BodySource {
    private let descriptor: Int32
    private let id: Int
    private var content = 0
    private var padding = 0
    /// Whether the record came that ends the body.
    private(set) var hasEnded = false
    private(set) var failure: BodyFailure?

    init(descriptor: Int32, id: Int) {
        self.descriptor = descriptor
        self.id = id
    }

    mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var filled = 0
        while filled < buffer.count, nextContent() {
            let count = unsafe take(
                UnsafeMutableBufferPointer(rebasing: buffer[filled..<min(buffer.count, filled + content)]))
            filled += count
            content -= count
        }
        return filled
    }

    mutating func isAtEnd(isDeclared: Bool) -> Bool {
        !nextContent()
    }

    /// Goes on to the next byte of the body.
    /// - Returns: false if there is none.
    private mutating func nextContent() -> Bool {
        while content == 0, !hasEnded, failure == nil {
            guard skipPadding(), let header = header() else { return false }
            let isOwn = header[0] == 1 && header[1] == RecordScan.Record.input
            guard isOwn, Int(header[2]) << 8 | Int(header[3]) == id else {
                // An abort, another request on the same connection, or nonsense.
                fail(FCGX_PROTOCOL_ERROR)
                return false
            }
            content = Int(header[4]) << 8 | Int(header[5])
            padding = Int(header[6])
            if content == 0 { hasEnded = skipPadding() }
        }
        return content > 0 && failure == nil
    }

    private mutating func header() -> [UInt8]? {
        let header = unsafe [UInt8](unsafeUninitializedCapacity: 8) { buffer, count in
            count = unsafe take(UnsafeMutableBufferPointer(rebasing: buffer.prefix(8)))
        }
        return header.count == 8 ? header : nil
    }

    private mutating func skipPadding() -> Bool {
        guard padding > 0 else { return true }
        let isSkipped = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: padding) { buffer in
            unsafe take(UnsafeMutableBufferPointer(rebasing: buffer.prefix(padding))) == padding
        }
        padding = 0
        return isSkipped
    }

    /// Fills the buffer from the connection, or fails.
    private mutating func take(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var filled = 0
        while filled < buffer.count, failure == nil {
            let count = unsafe recv(
                descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled,
                Int32(MSG_WAITALL))
            if count > 0 {
                filled += count
            } else if count == 0 {
                fail(FCGX_PROTOCOL_ERROR)
            } else if errno != EINTR {
                fail(errno)
            }
        }
        return filled
    }

    private mutating func fail(_ code: Int32) {
        failure = .stream(code: Int(code))
    }
}
