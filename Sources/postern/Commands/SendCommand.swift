import Intake
import Outbound
import Verification

/// `postern send`
enum SendCommand: CommandDefinition {
    static let name = "send"
    static let summary = "Signs the body on standard input as a sender would, and posts it."
    static let operands = "--verify \"SENDER …\" --secret SOURCE [options] URL < body"
    static let details = "Prints the answer's body; exit status 1 unless the answer is 2xx, whose number then is on standard error."
    static let options =
        SigningOptions.all + [
            Option("id", "ID", "the delivery's id (random)"),
            Option("url", "URL", "the address as the sender signs it, if it is another than the one to post to"),
        ]

    static func run(_ arguments: Arguments) throws {
        guard let url = arguments.operands.first, arguments.operands.count == 1 else { throw UsageError("send takes one address") }
        let target = try SigningOptions.parts(of: url)
        let message = try SigningOptions.signed(arguments, url: arguments["url"] ?? url).message
        let headers = message.headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) }
        // What the sender adds to the address goes where the request goes.
        let uri = arguments["url"] == nil ? message.uri : target.uri
        let request = HTTPRequest(method: message.method, url: target.origin + uri, headers: headers, body: message.body)
        let answer: HTTPAnswer
        do throws(OutboundError) {
            // Where it goes is the operator's to say.
            answer = try HTTPClient(policy: .anything, monotonicClock: Clock.monotonic).send(request)
        } catch {
            throw CommandFailure("\(url): \(error)")
        }
        Standard.output(answer.body)
        if answer.body.last != UInt8(ascii: "\n") { Standard.output("\n") }
        guard (200..<300).contains(answer.status) else { throw CommandFailure("\(url) answered \(answer.status)") }
    }
}
