import Values

@testable import FunctionStack

/// Other machines as the cases of Fixtures/Stacks/outbound.txt know them.
///
/// `answer.example/STATUS` answers with that status, the request's content type and body; `down.example` does not
/// answer; api.resend.com takes mail; any other tells as JSON what it was asked.
final class EchoOutbound: OutboundEffects {
    private(set) var slept: Int64 = 0

    func send(_ request: OutboundRequest) throws -> OutboundAnswer {
        let url = request.url.string
        if url.hasPrefix("https://down.example") { throw StackError.mistake("down.example does not answer") }
        if url.hasPrefix("https://answer.example/") {
            let status = Int(url.split(separator: "/")[2].prefix(3)) ?? 200
            let type = request.headers.filter { $0.name == "Content-Type" }
            return OutboundAnswer(status: status, headers: type, body: request.body ?? [])
        }
        if url.hasPrefix("https://api.resend.com/"), request.headers.first?.value != "Bearer good" {
            return OutboundAnswer(
                status: 401, headers: [], body: Array(#"{"statusCode": 401, "message": "API key is invalid"}"#.utf8))
        }
        let told: Object = [
            "id": "made-by-service", "method": .text(request.method), "url": .text(request.url),
            "headers": .array(request.headers.map { .text(Text("\($0.name): \($0.value)")) }),
            "body": request.body.map { .text(Text(bytes: $0)) } ?? .null,
            "milliseconds": .integer(request.milliseconds), "follows": .boolean(request.followsRedirects),
            "authority": .text(request.certificates.authority), "passphrase": .text(request.certificates.passphrase),
        ]
        lastRequest = told
        return OutboundAnswer(
            status: 200, headers: [OutboundHeader("Content-Type", "application/json")], body: JSON.print(.object(told)))
    }

    /// What the last request was, for what its stack does not get to see.
    private(set) var lastRequest: Object = [:]
    private(set) var lastMail: OutboundMail?

    func send(_ mail: OutboundMail) throws -> Text {
        lastMail = mail
        return "<1@host.example>"
    }

    func sleep(milliseconds: Int64) throws { slept += milliseconds }
}
