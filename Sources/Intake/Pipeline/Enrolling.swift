import Gateway
import Inbox
import Storage
import Synchronization
import Verification

/// Keeps the secret that a sender hands over: only while the operator waits for it, and while there is none.
struct Enrolling {
    let location: ReadyLocation
    let title: String
    let log: Log

    private struct NoWindow: Error {}

    /// - Parameter now: when the request was received, in milliseconds since 1970.
    /// - Returns: nil if nobody waits for a secret: then it is to be refused.
    func answer(_ enrolment: Enrolment, at now: Int64) -> Response? {
        guard case .file(let path)? = location.settings.secrets.first else { return .unavailable() }
        let file = SecretFile(path)
        do {
            let (inbox, name) = (location.deployment.inbox, location.settings.name)
            try location.deployment.store.writer.perform { connection in
                guard try inbox.takeEnrolment(name, at: now, on: connection) else { throw NoWindow() }
                try file.write(enrolment.secret)
            }
        } catch is NoWindow {
            return nil
        } catch {
            // The sender hears that it failed, so its secret is none.
            file.takeBack()
            log.line(title, "answers 503: the secret that the sender handed over could not be kept: \(error)")
            return .unavailable()
        }
        log.line(title, "the sender's secret has arrived and is kept in \(path); no other is taken")
        return Response(enrolment.answer)
    }
}

extension Response {
    /// What a sender that asks whether an address is its owner's wants to read.
    init(_ answer: HandshakeAnswer) {
        var response = Response(status: answer.status, body: answer.body)
        if let type = answer.contentType { response = response.with("Content-Type", type) }
        for header in answer.headers { response = response.with(header.name, header.value) }
        self = response.with("X-Content-Type-Options", "nosniff")
    }
}
