/// Where the bytes of one body come from.
protocol BodySource {
    /// Fills the buffer; fewer bytes come only if the body has ended or failed.
    mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int

    /// Whether nothing comes behind what was read.
    /// - Parameter isDeclared: the declared length has been read, so nothing should.
    mutating func isAtEnd(isDeclared: Bool) -> Bool

    /// Why it ended, if not properly.
    var failure: BodyFailure? { get }
}

extension BodySource {
    /// Reads the whole body, and proves it whole.
    /// - Parameters:
    ///   - declared: what the environment says of its length.
    ///   - maximum: bytes allowed.
    mutating func body(_ declared: DeclaredLength, maximum: Int) throws(BodyFailure) -> [UInt8] {
        switch declared {
        case .malformed: throw .malformedLength
        case .known(let length):
            guard length <= maximum else { throw .tooLarge(maximum: maximum) }
            return try body(length: length)
        case .unknown: return try body(maximum: maximum)
        }
    }

    private mutating func body(length: Int) throws(BodyFailure) -> [UInt8] {
        let body = read(length)
        if let failure { throw failure }
        guard body.count == length else {
            throw .shorterThanDeclared(declared: length, received: body.count)
        }
        let isAtEnd = isAtEnd(isDeclared: true)
        if let failure { throw failure }
        guard isAtEnd else { throw .longerThanDeclared(declared: length) }
        return body
    }

    private mutating func body(maximum: Int) throws(BodyFailure) -> [UInt8] {
        var body: [UInt8] = []
        var room = 16 * 1024
        var isMore = true
        while isMore, body.count < maximum {
            let wanted = min(room, maximum - body.count)
            let chunk = read(wanted)
            body = body.isEmpty ? chunk : body + chunk
            isMore = chunk.count == wanted
            room = min(2 * room, 16 * 1024 * 1024)
        }
        let isAtEnd = isAtEnd(isDeclared: false)
        if let failure { throw failure }
        guard isAtEnd else { throw .tooLarge(maximum: maximum) }
        return body
    }

    /// Reads what is left and throws it away: some web servers lose an answer that is given before.
    /// - Returns: false if more than `limit` bytes were left.
    mutating func drain(limit: Int) -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 * 1024) { buffer in
            var drained = 0
            while drained < limit {
                let count = unsafe read(into: buffer)
                drained += count
                if count < buffer.count { return true }
            }
            return isAtEnd(isDeclared: false)
        }
    }

    private mutating func read(_ wanted: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            count = unsafe read(into: UnsafeMutableBufferPointer(rebasing: buffer.prefix(wanted)))
        }
    }
}
