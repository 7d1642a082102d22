package import Values

/// What a run sends to other machines, and how it waits.
///
/// `Intake` implements it over `Outbound`. A run that has it is on a worker's thread, where waiting holds up nobody
/// else. Every function throws `StackError` for what the stack's author or the other side did wrong.
package protocol OutboundEffects: AnyObject {
    /// `api.request`: the answer, whatever its status. No answer at all is an error.
    func send(_ request: OutboundRequest) throws -> OutboundAnswer
    /// `util.send_email` by the host's own mail program: the identity that the mail has from then on.
    func send(_ mail: OutboundMail) throws -> Text
    /// `util.sleep`
    func sleep(milliseconds: Int64) throws
}

/// An `api.request` as it leaves.
package struct OutboundRequest: Sendable, Equatable {
    package var method: String
    package var url: Text
    package var headers: [OutboundHeader]
    /// Nil for none, which is not the same as an empty one.
    package var body: [UInt8]?
    /// For the whole exchange, redirects included.
    package var milliseconds: Int64
    package var followsRedirects: Bool
    package var certificates: OutboundCertificates

    package init(
        method: String, url: Text, headers: [OutboundHeader] = [], body: [UInt8]? = nil, milliseconds: Int64 = 10_000,
        followsRedirects: Bool = true, certificates: OutboundCertificates = OutboundCertificates()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.milliseconds = milliseconds
        self.followsRedirects = followsRedirects
        self.certificates = certificates
    }
}

/// What TLS takes beside the host's own authorities; all of it PEM, an empty one is none. They are never paths: a stack
/// reads no file.
package struct OutboundCertificates: Sendable, Equatable {
    /// `ca_certificate`: the only authority that is believed.
    package var authority: Text
    /// `certificate`, `private_key`: how the request shows who it comes from.
    package var own: Text
    package var key: Text
    /// `certificate_pass`, `private_key_pass`
    package var passphrase: Text

    package init(authority: Text = "", own: Text = "", key: Text = "", passphrase: Text = "") {
        self.authority = authority
        self.own = own
        self.key = key
        self.passphrase = passphrase
    }
}

/// What came back.
package struct OutboundAnswer: Sendable, Equatable {
    package var status: Int
    /// In the order of their arrival, a repeated one each time.
    package var headers: [OutboundHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [OutboundHeader], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

package struct OutboundHeader: Sendable, Equatable {
    package var name: Text
    package var value: Text

    package init(_ name: Text, _ value: Text) {
        self.name = name
        self.value = value
    }
}

/// A `util.send_email`.
package struct OutboundMail: Sendable, Equatable {
    /// Nil for the user of this process on this host.
    package var from: Text?
    /// Empty for the host's postmaster.
    package var to: [Text]
    package var cc: [Text]
    package var bcc: [Text]
    package var replyTo: [Text]
    package var subject: Text
    package var message: Text
    package var isHTML: Bool
    package var milliseconds: Int64

    package init(
        from: Text?, to: [Text], cc: [Text] = [], bcc: [Text] = [], replyTo: [Text] = [], subject: Text, message: Text,
        isHTML: Bool = false, milliseconds: Int64 = 30_000
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.subject = subject
        self.message = message
        self.isHTML = isHTML
        self.milliseconds = milliseconds
    }
}
