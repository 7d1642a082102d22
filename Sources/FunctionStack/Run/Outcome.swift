package import Values

/// What a run of a query answers.
package struct Outcome: Sendable {
    package enum Body: Sendable {
        /// Answered as JSON.
        case json(Value)
        /// Answered as it is, under the content type that the stack set.
        case raw(Text)
    }

    package var status: Int
    /// What `util.set_header` set: checked, none can end a line or steer the web server.
    package var headers: [(name: String, value: String)]
    package var body: Body
    /// The error that ended the run, with its place; nil after success.
    package var error: StackError?
    /// What is to run once the answer has left; nothing after a failure.
    package var postProcesses: [PostProcessEntry]

    /// Whether the caller keeps what the run wrote, or undoes it.
    package var keepsWrites: Bool { error == nil }

    package init(
        status: Int, headers: [(name: String, value: String)], body: Body, error: StackError? = nil,
        postProcesses: [PostProcessEntry] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.error = error
        self.postProcesses = postProcesses
    }
}
