/// Why a request to another server, or a mail, came to nothing. No case holds more of an address than scheme, host and
/// port.
package enum OutboundError: Error, Sendable, Equatable {
    /// libcurl is not on this host, or is unusable.
    case noLibrary
    /// An option that a request needs is unknown to the host's libcurl.
    case oldLibrary
    case unusableAddress
    /// A header's name or value would break the request.
    case unusableHeader(String)
    case unusableMethod
    /// Where it went, where that resolves to, and what is against it.
    case refused(String, address: String, reason: String)
    /// Where it went, and milliseconds.
    case timedOut(String, after: Int64)
    /// Where it went, and what libcurl says.
    case failed(String, String)
    /// The server's certificate is not to be believed: where it went, and what libcurl says.
    case untrusted(String, String)
    /// The answer is larger than it may be, in bytes.
    case answerTooLarge(String, Int)
    case tooManyRedirects(Int)
    case unusableMail(String)
    /// What the host's mail program did, and the beginning of what it said.
    case mailProgram(String)
}

extension OutboundError: CustomStringConvertible {
    /// What happened, as a stack may see it.
    package var description: String {
        switch self {
        case .noLibrary: "libcurl is missing on this host; install it (Debian: libcurl4)"
        case .oldLibrary: "libcurl of this host is too old for this request; it needs 7.77 or newer"
        case .unusableAddress: "the address is no http:// or https:// address"
        case .unusableHeader(let name): "the header \(name) can't be sent: its name is none, or its value holds a control character"
        case .unusableMethod: "the method is none of HTTP"
        case .refused(let origin, _, _): "\(origin) may not be called from here"
        case .timedOut(let origin, let milliseconds): "\(origin) did not answer within \(Self.seconds(milliseconds)) s"
        case .failed(let origin, let text): origin.isEmpty ? text : "\(origin): \(text)"
        case .untrusted(let origin, let text): "the certificate of \(origin) can't be trusted: \(text)"
        case .answerTooLarge(let origin, let limit): "the answer of \(origin) is larger than \(limit) bytes"
        case .tooManyRedirects(let count): "it was redirected more than \(count) times"
        case .unusableMail(let text): text
        case .mailProgram(let text): text
        }
    }

    /// What the operator has to know beside it, which is not for a stack or a sender: how to mend it.
    package var remedy: String? {
        switch self {
        case .refused(let origin, let address, let reason):
            "\(origin) is at \(address), \(reason); if stacks may call it, list its host:port or its network in POSTERN_OUTBOUND"
        case .untrusted: "a private authority is given in ca_certificate"
        default: nil
        }
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        milliseconds % 1000 == 0 ? String(milliseconds / 1000) : String(Double(milliseconds) / 1000)
    }
}
