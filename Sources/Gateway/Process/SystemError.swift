internal import Glibc

/// A system call that failed.
package struct SystemError: Error, Sendable, Equatable {
    /// The call, as its manual page names it.
    package let call: String
    /// Its `errno`.
    package let code: Int32

    init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// The system's words for the error.
    package var reason: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String { "\(call): \(reason)" }
}
