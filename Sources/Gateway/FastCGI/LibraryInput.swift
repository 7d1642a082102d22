internal import CFastCGI

/// The body of a request that had arrived completely when it was begun, as libfcgi gives it.
@safe struct LibraryInput: BodySource {
    private let stream: UnsafeMutablePointer<FCGX_Stream>

    init(_ stream: UnsafeMutablePointer<FCGX_Stream>) {
        unsafe self.stream = unsafe stream
    }

    mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var filled = 0
        while filled < buffer.count, let base = buffer.baseAddress {
            let wanted = Int32(clamping: buffer.count - filled)
            let place = unsafe UnsafeMutableRawPointer(base + filled).assumingMemoryBound(to: CChar.self)
            let count = unsafe FCGX_GetStr(place, wanted, stream)
            filled += Int(count)
            if count < wanted { break }
        }
        return filled
    }

    mutating func isAtEnd(isDeclared: Bool) -> Bool {
        unsafe FCGX_GetChar(stream) == -1
    }

    var failure: BodyFailure? {
        let code = unsafe FCGX_GetError(stream)
        return code == 0 ? nil : .stream(code: Int(code))
    }
}
