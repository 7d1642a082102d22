internal import Glibc

/// What the system says about an error number.
func systemMessage(_ number: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let start = buffer.baseAddress, unsafe strerror_r(number, start, 256) == 0 else {
            return "error \(number)"
        }
        return unsafe String(cString: start)
    }
}
