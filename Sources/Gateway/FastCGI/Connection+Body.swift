internal import CFastCGI

extension Connection {
    /// Reads the whole body of the request, and proves it whole.
    /// - Parameters:
    ///   - declared: what the environment says of its length.
    ///   - maximum: bytes allowed.
    func readBody(_ declared: DeclaredLength, maximum: Int) throws(BodyFailure) -> [UInt8] {
        switch declared {
        case .malformed: throw .malformedLength
        case .known(let length):
            guard length <= maximum else { throw .tooLarge(maximum: maximum) }
            return try readBody(length: length)
        case .unknown: return try readBody(maximum: maximum)
        }
    }

    private func readBody(length: Int) throws(BodyFailure) -> [UInt8] {
        let body = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = read(into: buffer)
        }
        guard body.count == length else {
            try throwStreamError()
            throw .shorterThanDeclared(declared: length, received: body.count)
        }
        // Also takes the record that ends the body, which must not stay for the next request.
        guard isAtEnd() else { throw .longerThanDeclared(declared: length) }
        try throwStreamError()
        return body
    }

    private func readBody(maximum: Int) throws(BodyFailure) -> [UInt8] {
        var body: [UInt8] = []
        var room = 16 * 1024
        while true {
            let wanted = min(room, maximum - body.count)
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                count = read(into: buffer)
            }
            body = body.isEmpty ? chunk : body + chunk
            if chunk.count < wanted || body.count == maximum { break }
            room = min(2 * room, 16 * 1024 * 1024)
        }
        guard isAtEnd() else { throw .tooLarge(maximum: maximum) }
        try throwStreamError()
        return body
    }

    /// Reads what is left of the body and throws it away.
    /// - Returns: false if more than `limit` bytes were left.
    func drain(limit: Int) -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8192) { buffer in
            var drained = 0
            while drained < limit {
                let count = read(into: buffer)
                drained += count
                if count < buffer.count { return true }
            }
            return isAtEnd()
        }
    }

    /// Fills the buffer as far as the body goes.
    @safe private func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        while count < buffer.count {
            guard let base = buffer.baseAddress else { break }
            let wanted = Int32(clamping: buffer.count - count)
            let place = unsafe UnsafeMutableRawPointer(base + count).assumingMemoryBound(to: CChar.self)
            let received = unsafe FCGX_GetStr(place, wanted, request.pointee.in)
            count += Int(received)
            if received < wanted { break }
        }
        return count
    }

    private func isAtEnd() -> Bool {
        unsafe FCGX_GetChar(request.pointee.in) == -1
    }

    private func throwStreamError() throws(BodyFailure) {
        let code = unsafe FCGX_GetError(request.pointee.in)
        if code != 0 { throw .stream(code: Int(code)) }
    }
}
