package import Gateway
import FunctionStack
import Inbox
import Storage
import Values
import Verification

/// Postern's way of a request: settings, verification, routing, inbox, function stack, answer, in this order.
package final class Endpoint: Application {
    /// What was found out before the body is read.
    package struct Route: Sendable {
        let location: Location
        let ready: ReadyLocation
        let receivedAt: Int64
    }

    private let locations: Locations
    private let course: EventCourse
    private let allowance = BodyAllowance()
    private let log: Log

    init(locations: Locations, course: EventCourse, log: Log) {
        self.locations = locations
        self.course = course
        self.log = log
    }

    package func route(_ environment: Environment) -> Decision<Route> {
        let now = Clock.now()
        let location = locations.location(for: environment, at: now)
        guard case .success(let ready) = location.current(at: now) else { return .answer(.unavailable()) }
        let isPath = environment.withValue("REQUEST_URI") { $0.isEmpty || $0[0] == UInt8(ascii: "/") || $0[0] == UInt8(ascii: "*") }
        guard isPath != false else { return .answer(.absoluteTarget) }
        return .read(
            Route(location: location, ready: ready, receivedAt: now), maximumBody: ready.settings.maximumBody)
    }

    package func answer(to failure: BodyFailure, environment: Environment, route: Route) -> Response {
        let refused = Refused(environment, body: nil, route, status: failure.status, reason: "\(failure)")
        refuse(refused, route)
        defer { route.ready.deployment.refusals.flush() }
        return .error(failure.status, "ERROR_CODE_INPUT_ERROR", "The body could not be taken whole.")
    }

    package func handle(_ request: Request, route: Route, reply: Reply) {
        let ready = route.ready
        defer { ready.deployment.refusals.flush() }
        let method = request.environment.value("REQUEST_METHOD") ?? ""
        guard hasKnownLength(request, method, ready) else {
            return refuse(request, route, .lengthRequired, "the length of the body was not said, and nothing signed covers it", reply)
        }
        let signed = VerifiableRequest(environment: request.environment, method: method, body: request.body)
        switch verdict(on: signed, route) {
        case .refused(let refusal) where refusal.isTemporary:
            log.line(route.location.title, "answers 503: \(refusal.sentence)")
            reply(.unavailable())
        case .refused(let refusal):
            refuse(request, route, ready.verifier.answersWithoutBody ? Response(status: 401) : .unauthorized, refusal.sentence, reply)
        case .handshake(let answer):
            log.line(route.location.title, "answered the sender's handshake, \(answer.status)")
            reply(Response(answer))
            note(route.ready.marks(of: answer.secrets), route)
        case .subscription(let address):
            reply(confirm(address, request.environment, route))
        case .enrolment(let enrolment):
            guard let answer = Enrolling(location: ready, title: route.location.title, log: log).answer(enrolment, at: route.receivedAt)
            else {
                let reason = Refusal(.noEnrolment).sentence + " (location \(ready.settings.name))"
                return refuse(request, route, .unauthorized, reason, reply)
            }
            reply(answer)
        case .verified(let verified):
            serve(request, method, verified, route, SuitedAnswer(route, signed, log)?.reply(before: reply) ?? reply)
            noteNetwork(of: signed, verified, route)
        }
    }

    /// Remembers from where those come whose certificates are asked for by requests.
    private func noteNetwork(of request: VerifiableRequest, _ verified: Verified, _ route: Route) {
        guard let key = verified.published else { return }
        let name = route.ready.settings.name
        route.ready.deployment.keys.note(PeerNetwork(request.peer), of: key.address, at: route.receivedAt) { [log] error in
            log.line(name, "from where the sender's requests come could not be noted: \(error)")
        }
    }

    /// Refuses a request, says why where only the operator reads it, and keeps it if the location wants that.
    private func refuse(_ request: Request, _ route: Route, _ answer: Response, _ reason: String, _ reply: Reply) {
        refuse(Refused(request.environment, body: request.body, route, status: answer.status, reason: reason), route)
        reply(answer)
    }

    private func refuse(_ refused: Refused, _ route: Route) {
        let isKept = route.ready.deployment.refusals.offer(refused)
        let note = isKept ? "; postern events explain \(refused.id.text)" : ""
        log.line(route.location.title, "refused, \(refused.status): \(refused.reason)\(note)")
    }

    private func note(_ marks: [SecretMark], _ route: Route) {
        route.ready.deployment.secretNotes.note(marks, of: route.ready, at: route.receivedAt)
    }

    /// Has a subscription confirmed by whoever fetches keys as well.
    private func confirm(_ address: KeyAddress, _ environment: Environment, _ route: Route) -> Response {
        let keys = LocationKeys(location: route.ready, environment: environment, now: route.receivedAt, log: log)
        guard keys.fetch(address) == .underWay else {
            log.line(route.location.title, "answers 503: a subscription was asked about a moment ago")
            return .unavailable(retryAfter: 60)
        }
        course.queued(route.ready)
        log.line(route.location.title, "a subscription of the topic is confirmed")
        return Response(status: 200)
    }

    /// A process that ends with its request waits for the sender's keys, which its drain fetches: the next process would
    /// not know either.
    private func verdict(on request: VerifiableRequest, _ route: Route) -> Verdict {
        let ready = route.ready
        let end = Clock.monotonic() + ready.deadline / 2
        var isAsked = false
        while true {
            let keys = LocationKeys(
                location: ready, environment: request.environment, now: isAsked ? Clock.now() : route.receivedAt, log: log)
            let verdict = ready.verifier.verify(request, at: route.receivedAt, keys: keys)
            let isWorthWaiting = if case .refused(let refusal) = verdict { refusal.isWorthWaiting } else { false }
            guard isWorthWaiting else {
                if course.isShortLived, ready.deployment.keys.isRenewalDue(at: route.receivedAt) { course.queued(ready) }
                return verdict
            }
            if !isAsked { course.queued(ready) }
            isAsked = true
            guard course.isShortLived, Clock.monotonic() < end else { return verdict }
            _ = WorkSignal().wait(atMost: Self.keyInterval)
        }
    }

    /// Milliseconds between looks for keys that are waited for.
    private static let keyInterval: Int64 = 25

    /// Under CGI an upload that broke off looks like a whole one when its length was not declared.
    private func hasKnownLength(_ request: Request, _ method: String, _ ready: ReadyLocation) -> Bool {
        guard request.interface == .cgi, request.declaredLength == nil, !ready.verifier.coversBody else { return true }
        return request.body.isEmpty && !["POST", "PUT", "PATCH"].contains(method)
    }

    private func serve(_ request: Request, _ method: String, _ verified: Verified, _ route: Route, _ reply: Reply) {
        // A signature does not cover the verb: a POST that somebody has recorded is no GET.
        let isLook = method == "GET" || method == "HEAD"
        if isLook, route.ready.verifier.rule.profile != nil, !route.ready.verifier.getIsEvent {
            return reply(.methodNotAllowed(["POST"]))
        }
        let workspace = route.ready.deployment.current
        let destination: Destination
        switch workspace.destination(method: method, path: request.environment.path, settings: route.ready.settings) {
        case .query(let found): destination = found
        case .notFound:
            guard let name = route.ready.settings.query else { return reply(.notFound) }
            // A sender may give an address up after 404, and this is no fault of its own.
            log.line(route.location.title, "answers 503: the workspace has no query \(name.group)/\(name.name) any more; put it back")
            return reply(.unavailable(retryAfter: 60))
        case .wrongVerb(let allowed): return reply(.methodNotAllowed(allowed))
        case .unsupported(let diagnostic):
            log.line(route.location.title, "answers 503: \(diagnostic.heading)")
            return reply(.unavailable(retryAfter: 60))
        }
        let encodings = request.environment.header("Content-Encoding").map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard encodings.allSatisfy({ $0 == "identity" || $0.isEmpty }) else { return reply(.encodedBody) }
        guard let share = allowance.share(for: request.body) else {
            log.line(route.location.title, "answers 503: the bodies of all requests together take too much memory")
            return reply(.unavailable())
        }
        var received = StackRequest(
            request, method: method, verified, by: route.ready.verifier.rule, destination, at: route.receivedAt)
        if let table = destination.query.authentication {
            switch SignIn(route, log).identity(of: request, table: table) {
            case .success(let identity): received.identity = identity
            case .failure(let refusal): return reply(refusal.response)
            }
        }
        let run = StackRun(
            location: route.ready, workspace: workspace, stack: .query(destination.query), request: received, log: log,
            share: share)
        let deadline = Clock.monotonic() + route.ready.deadline
        if isLook, !route.ready.verifier.getIsEvent {
            course.look(CourseRequest(run: run, deadline: deadline, reply: reply))
            note(route.ready.marks(of: verified), route)
        } else {
            let arrival = Arrival(request, verified, received, destination, route)
            course.take(arrival, CourseRequest(run: run, deadline: deadline, reply: reply))
        }
    }
}

extension Reply {
    fileprivate func callAsFunction(_ response: Response) { send(response) }
}
