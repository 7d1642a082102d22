import FunctionStack
import Gateway
import Values

/// Finds out who brings a request to a query with `auth`: after the location has verified the sender, and before
/// anything is kept. An event that runs later keeps the identity, for its header is not kept.
struct SignIn {
    struct Refusal: Error {
        let response: Response
    }

    private let route: Endpoint.Route
    private let log: Log

    init(_ route: Endpoint.Route, _ log: Log) {
        self.route = route
        self.log = log
    }

    func identity(of request: Request, table: String) -> Result<Identity, Refusal> {
        let key: [UInt8]?
        do {
            key = try route.ready.deployment.tokenKey()
        } catch {
            log.line(route.location.title, "answers 503: the key of tokens could not be read: \(error)")
            return .failure(Refusal(response: .unavailable()))
        }
        do throws(StackError) {
            let authorization = request.environment.header("Authorization").map { String(decoding: $0, as: UTF8.self) }
            return .success(
                try AuthToken.identity(authorization: authorization, table: table, key: key, now: route.receivedAt))
        } catch {
            log.line(route.location.title, "refused, 401: \(error.message)")
            return .failure(Refusal(response: .notSignedIn(error)))
        }
    }
}

extension Response {
    /// As Xano gives it, and with what RFC 9110 section 11.6.1 asks for.
    fileprivate static func notSignedIn(_ error: StackError) -> Response {
        Response.error(error.status, error.code.string, error.message.string).with("WWW-Authenticate", "Bearer")
    }
}
