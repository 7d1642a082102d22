package import Values

/// What a run sends to other machines, and how it waits.
///
/// `Intake` implements it over `Outbound`. A run that has it is on a worker's thread, where waiting holds up nobody
/// else. Every function throws `StackError` for what the stack's author or the other side did wrong.
package protocol OutboundEffects: AnyObject {
    /// `api.request`: the answer, whatever its status. No answer at all is an error.
    func send(_ request: OutboundRequest) throws -> OutboundAnswer
    /// `util.send_email` by the host's own mail program.
    func send(_ mail: OutboundMail) throws
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
    /// Seconds for the whole exchange.
    package var timeLimit: Int64
    package var followsRedirects: Bool

    package init(
        method: String, url: Text, headers: [OutboundHeader] = [], body: [UInt8]? = nil, timeLimit: Int64 = 10,
        followsRedirects: Bool = true
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
        self.followsRedirects = followsRedirects
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
    package var from: Text
    package var to: [Text]
    package var cc: [Text]
    package var bcc: [Text]
    package var replyTo: [Text]
    package var subject: Text
    /// HTML if it has tags, else plain.
    package var message: Text

    package init(
        from: Text, to: [Text], cc: [Text] = [], bcc: [Text] = [], replyTo: [Text] = [], subject: Text, message: Text
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.subject = subject
        self.message = message
    }
}
