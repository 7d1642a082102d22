/// What a server meets that its operator may want to know; nothing of it stops the server.
package enum ServerEvent: Sendable, Equatable {
    /// No connection can be taken for now.
    case acceptFailed(SystemError)
    /// A connection was closed because what came was no FastCGI request.
    case malformedRequest(reason: String)
    /// A request did not arrive, or its answer was not taken, within the time limit.
    case overdue
    /// A slow request was dropped, for all threads wait for slower ones.
    case exhausted(threads: Int)
    /// A request came in a role that is not the one of a web application.
    case wrongRole(Int)
    /// The operating system gave no further thread.
    case noThread(code: Int32)
}

extension ServerEvent: CustomStringConvertible {
    /// What happened and what to do about it.
    package var description: String {
        switch self {
        case .acceptFailed(let error):
            "no connection can be taken (\(error)): raise the limit of open files (LimitNOFILE=)"
        case .malformedRequest(let reason):
            "a connection was closed: \(reason)"
        case .overdue:
            "a request did not arrive, or its answer was not taken, in time: let the web server buffer requests"
        case .exhausted(let threads):
            "a slow request was dropped: \(threads) others are slow as well: let the web server buffer requests"
        case .wrongRole(let role):
            "a request came in FastCGI role \(role): Postern is a responder (1), no authorizer and no filter"
        case .noThread(let code):
            "no further thread can be started (\(code)): raise the limit of tasks (TasksMax=)"
        }
    }
}
