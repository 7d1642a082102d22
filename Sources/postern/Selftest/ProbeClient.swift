import Intake
import Outbound
import Verification

/// Sends probes to a live location.
struct ProbeClient {
    private let client: HTTPClient
    /// Scheme, host and port.
    private let origin: String
    private let certificates: TLSCertificates
    private let milliseconds: Int64

    init(origin: String, _ certificates: TLSCertificates, milliseconds: Int64) {
        // Where it goes is the operator's to say.
        client = HTTPClient(policy: .anything, monotonicClock: Clock.monotonic)
        self.origin = origin
        self.certificates = certificates
        self.milliseconds = milliseconds
    }

    /// - Throws: `OutboundError` where there is no answer.
    func send(_ probe: Probe) throws(OutboundError) -> ProbeAnswer {
        let message = probe.message
        let hasBody = !message.body.isEmpty || !["GET", "HEAD", "OPTIONS"].contains(message.method)
        var request = HTTPRequest(
            method: message.method, url: origin + message.uri,
            headers: message.headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) },
            body: hasBody ? message.body : nil)
        request.milliseconds = milliseconds
        request.certificates = certificates
        guard probe.missingBytes > 0 else {
            let answer = try client.send(request)
            return ProbeAnswer(status: answer.status, headers: answer.headers, body: answer.body, at: Clock.now())
        }
        request.body = message.body.dropLast(probe.missingBytes)
        guard let answer = try client.sendCutShort(request, declaring: message.body.count) else {
            return ProbeAnswer(failure: "the connection was closed without an answer")
        }
        return ProbeAnswer(status: answer.status, headers: answer.headers, body: answer.body)
    }
}
