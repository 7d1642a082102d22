import Gateway
import Verification

/// Makes of an event's answer one that its sender takes as it is meant.
///
/// A failure that concerns one event must not end all of them: where the catalogue says that a status makes the sender give
/// the address up, it is told another. Adobe Sign wants a header of its request repeated. What is stored of the event stays
/// as the stack gave it.
struct SuitedAnswer: Sendable {
    private let verifier: Verifier
    private let title: String
    private let log: Log
    private let repeated: (name: String, value: String)?

    /// nil where every answer suits the sender.
    ///
    /// - Parameter request: verified.
    init?(_ route: Endpoint.Route, _ request: VerifiableRequest, _ log: Log) {
        verifier = route.ready.verifier
        let isEvent = request.method != "GET" && request.method != "HEAD" || verifier.getIsEvent
        repeated = verifier.repeatedHeader.flatMap { name in
            request.values(ofHeader: name).first.map { (name, String(decoding: $0, as: UTF8.self)) }
        }
        guard isEvent, verifier.answersWithoutBody || verifier.maybeGivesUp || repeated != nil else { return nil }
        title = route.location.title
        self.log = log
    }

    func reply(before reply: Reply) -> Reply {
        Reply { reply.send(suited($0)) }
    }

    private func suited(_ response: Response) -> Response {
        let suited = suitedStatus(response)
        return repeated.map { suited.with($0.name, $0.value) } ?? suited
    }

    private func suitedStatus(_ response: Response) -> Response {
        guard let status = verifier.statusThatKeeps(response.status) else { return body(of: response) }
        log.line(
            title, "answers \(status) in place of \(response.status), after which \(verifier.rule.name) would give the address up")
        var suited = Response(status: status, body: response.body)
        for header in response.headers where header.name != "Allow" { suited = suited.with(header.name, header.value) }
        return body(of: suited)
    }

    private func body(of response: Response) -> Response {
        guard verifier.answersWithoutBody else { return response }
        var bare = Response(status: response.status)
        if let event = response.header(Response.eventHeader) { bare = bare.with(Response.eventHeader, event) }
        if let mark = response.header(Response.duplicateHeader) { bare = bare.with(Response.duplicateHeader, mark) }
        if let seconds = response.header("Retry-After") { bare = bare.with("Retry-After", seconds) }
        return bare
    }
}
