/// Why a request to another server came to nothing.
package enum OutboundError: Error, Sendable, Equatable {
    /// libcurl is not on this host, or is unusable.
    case noLibrary
    /// A header's name or value would break the request.
    case unusableHeader(String)
    /// What libcurl says.
    case failed(String)
    /// The answer is larger than it may be, in bytes.
    case answerTooLarge(Int)
}

extension OutboundError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noLibrary: "libcurl is missing on this host; install it (Debian: libcurl4)"
        case .unusableHeader(let name): "the value of header \(name) holds a control character"
        case .failed(let text): text
        case .answerTooLarge(let limit): "the answer is larger than \(limit) bytes"
        }
    }
}
