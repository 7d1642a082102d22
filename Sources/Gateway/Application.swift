/// What is to happen with a request, judged by its environment alone.
package enum Decision<Route: Sendable>: Sendable {
    /// Read the body, at most this many bytes, then handle the request.
    case read(Route, maximumBody: Int)
    /// Answer at once. What comes of the body is read and thrown away, up to a bound, for some web
    /// servers lose an answer that is given before.
    case answer(Response)
}

/// What the Gateway serves. It knows nothing of what a request means.
///
/// The three functions are called on many threads at once.
package protocol Application: Sendable {
    /// What `route` found out and `handle` needs: settings, limits.
    associatedtype Route: Sendable

    /// Judges a request before its body is read.
    func route(_ environment: Environment) -> Decision<Route>

    /// Handles a request whose body is whole. It may return before it answers; `reply` may be sent
    /// from any thread, once.
    func handle(_ request: Request, route: Route, reply: Reply)

    /// The answer to a request whose body could not be taken whole. Nothing of it may be kept.
    func answer(to failure: BodyFailure, environment: Environment, route: Route) -> Response
}

extension Application {
    package func answer(to failure: BodyFailure, environment: Environment, route: Route) -> Response {
        Response(status: failure.status)
    }
}
