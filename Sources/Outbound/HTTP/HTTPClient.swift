import CCurl
import Synchronization

/// Sends requests over libcurl, only to where its policy lets them go.
///
/// Each address is judged at the moment of connecting, so a name that resolves to another one by then gains nothing.
/// Redirects are followed here and not by libcurl, each judged as the first request was. There are no cookies, no
/// proxies, no `.netrc`, and certificates are always verified.
package final class HTTPClient: Sendable {
    private static let maximumRedirects = 10
    static let connectMilliseconds: Int64 = 10_000
    private static let maximumIdle = 8

    let policy: OutboundPolicy
    let clock: @Sendable () -> Int64
    private let idle = IdleHandles()

    /// - Parameter monotonicClock: milliseconds, never going back
    package init(policy: OutboundPolicy, monotonicClock: @escaping @Sendable () -> Int64) {
        self.policy = policy
        clock = monotonicClock
    }

    /// Sends the request and waits for the whole answer.
    package func send(_ request: HTTPRequest) throws(OutboundError) -> HTTPAnswer {
        // A kept connection may have shown a certificate that another request has not.
        let isPlain = request.certificates.isEmpty
        let kept = isPlain ? idle.take() : nil
        let handle = if let kept { kept } else { try CurlHandle() }
        let answer = try exchange(request, handle)
        if isPlain { idle.give(handle, atMost: Self.maximumIdle) }
        return answer
    }

    private func exchange(_ request: HTTPRequest, _ handle: CurlHandle) throws(OutboundError) -> HTTPAnswer {
        let address = try WebAddress(request.url, handle.curl)
        let end = clock() + request.milliseconds
        var hop = try HTTPHop(request, credentials: address.credentials)
        for _ in 0...Self.maximumRedirects {
            let left = end - clock()
            guard left > 0 else { throw .timedOut(address.origin, after: request.milliseconds) }
            let transfer = HTTPTransfer(to: address.place, policy: policy, answerLimit: request.answerLimit)
            let code = try perform(hop, address, transfer, handle, milliseconds: left)
            try check(code, handle, transfer, address, request)
            let status = handle.status
            guard request.followsRedirects, let location = transfer.header("location"), !location.isEmpty,
                [301, 302, 303, 307, 308].contains(status)
            else { return HTTPAnswer(status: status, headers: transfer.headers, body: transfer.body) }
            let origin = address.origin
            try address.follow(location)
            hop.redirect(by: status, isSameOrigin: address.origin == origin)
        }
        throw .tooManyRedirects(Self.maximumRedirects)
    }

    // MARK: One exchange

    private func perform(
        _ hop: HTTPHop, _ address: WebAddress, _ transfer: HTTPTransfer, _ handle: CurlHandle, milliseconds: Int64
    ) throws(OutboundError) -> CURLcode {
        handle.reset()
        try setGuards(handle)
        try handle.set(CURLOPT_TIMEOUT_MS, Int(milliseconds))
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(milliseconds, Self.connectMilliseconds)))
        try hop.install(on: handle)
        return try handle.perform(address, transfer)
    }

    func setGuards(_ handle: CurlHandle) throws(OutboundError) {
        try handle.set(CURLOPT_PROXY, "")
        try handle.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")
        // Older ones do not know it; the address has been looked at already.
        try? handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    }

    func check(
        _ code: CURLcode, _ handle: CurlHandle, _ transfer: HTTPTransfer, _ address: WebAddress, _ request: HTTPRequest
    ) throws(OutboundError) {
        guard code != CURLE_OK else { return }
        if let bound = transfer.exceeded { throw .answerTooLarge(address.origin, bound) }
        switch code {
        case CURLE_OPERATION_TIMEDOUT: throw .timedOut(address.origin, after: request.milliseconds)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            throw .untrusted(address.origin, handle.message(of: code))
        case CURLE_COULDNT_CONNECT:
            if let refusal = transfer.refusal {
                throw .refused(address.origin, address: refusal.address, reason: refusal.reason)
            }
            throw .failed(address.origin, handle.message(of: code))
        default: throw .failed(address.origin, handle.message(of: code))
        }
    }
}

/// Handles whose connections wait for the next request.
private final class IdleHandles: Sendable {
    // Safe: each handle is taken out before it is used, so one thread at a time has it.
    private struct Parked: @unchecked Sendable {
        let handle: CurlHandle
    }

    private let parked = Mutex<[Parked]>([])

    func take() -> CurlHandle? {
        parked.withLock { $0.popLast() }?.handle
    }

    func give(_ handle: CurlHandle, atMost count: Int) {
        handle.reset()
        let one = Parked(handle: handle)
        parked.withLock { if $0.count < count { $0.append(one) } }
    }
}
