package import FunctionStack
import Glibc
package import Outbound
package import Values

/// Requests over libcurl, mail by the host's own program, and sleep on the run's own thread.
package final class NetworkEffects: OutboundEffects {
    private let client: HTTPClient
    private let sendmail: Sendmail

    package init(client: HTTPClient, sendmail: Sendmail) {
        self.client = client
        self.sendmail = sendmail
    }

    package func send(_ request: OutboundRequest) throws -> OutboundAnswer {
        guard let url = request.url.validString else { throw StackError(OutboundError.unusableAddress) }
        var sent = HTTPRequest(
            method: request.method, url: url,
            headers: request.headers.map { ($0.name.string, $0.value.string) }, body: request.body)
        sent.milliseconds = request.milliseconds
        sent.followsRedirects = request.followsRedirects
        sent.certificates.authority = request.certificates.authority.bytes
        sent.certificates.own = request.certificates.own.bytes
        sent.certificates.key = request.certificates.key.bytes
        sent.certificates.passphrase = request.certificates.passphrase.string
        do throws(OutboundError) {
            let answer = try client.send(sent)
            return OutboundAnswer(
                status: answer.status, headers: answer.headers.map { OutboundHeader(Text($0.name), Text($0.value)) },
                body: answer.body)
        } catch {
            throw StackError(error)
        }
    }

    package func send(_ mail: OutboundMail) throws -> Text {
        do throws(OutboundError) {
            let message = try MailMessage(
                from: mail.from?.string, to: mail.to.map(\.string), cc: mail.cc.map(\.string),
                bcc: mail.bcc.map(\.string), replyTo: mail.replyTo.map(\.string), subject: mail.subject.string,
                body: mail.message.string, isHTML: mail.isHTML, date: Clock.now(), identity: RandomBytes.make(16))
            try sendmail.send(message, milliseconds: mail.milliseconds)
            return Text(message.identity)
        } catch {
            throw StackError(error)
        }
    }

    package func sleep(milliseconds: Int64) throws {
        let end = Clock.monotonic() + milliseconds
        var left = milliseconds
        while left > 0 {
            var duration = timespec(tv_sec: Int(left / 1000), tv_nsec: Int(left % 1000) * 1_000_000)
            _ = unsafe nanosleep(&duration, nil)
            left = end - Clock.monotonic()
        }
    }
}

extension StackError {
    /// What a stack sees says what happened; how to mend it is for the log.
    fileprivate init(_ error: OutboundError) {
        self.init(.fatal(name: nil), Text(error.description), remedy: error.remedy)
    }
}
