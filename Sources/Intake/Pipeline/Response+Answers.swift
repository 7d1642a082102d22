import Gateway
import Values

extension Response {
    /// The header that carries the event's id, on every answer once there is one.
    static let eventHeader = "Postern-Event"
    /// Set on the answer to a redelivery that was not run again.
    static let duplicateHeader = "Postern-Duplicate"

    /// 401, the same for whatever failed: it says nothing that helps a forger.
    static let unauthorized = Response(status: 401, type: .json, body: Array(#"{"code":"unauthorized"}"#.utf8))

    /// 503: a setting is wrong or the store cannot commit. Nothing was acknowledged, the sender may try again.
    static func unavailable(retryAfter seconds: Int = 5) -> Response {
        Response(status: 503, type: .json, body: Array(#"{"code":"unavailable"}"#.utf8))
            .with("Retry-After", String(seconds))
    }

    /// An error in Xano's form.
    static func error(_ status: Int, _ code: String, _ message: String) -> Response {
        let body: Value = ["code": .text(code), "message": .text(message), "payload": ""]
        return Response(status: status, type: .json, body: JSON.print(body))
    }

    static let notFound = Response.error(404, "ERROR_CODE_NOT_FOUND", "Unable to locate request.")

    static func methodNotAllowed(_ allowed: [String]) -> Response {
        Response.error(405, "ERROR_CODE_METHOD_NOT_ALLOWED", "The method is not allowed here.")
            .with("Allow", allowed.joined(separator: ", "))
    }

    static let encodedBody = Response.error(
        415, "ERROR_CODE_INPUT_ERROR", "The body came with a Content-Encoding: send it as it is.")

    static let lengthRequired = Response.error(411, "ERROR_CODE_INPUT_ERROR", "The length of the body is required.")

    static let absoluteTarget = Response.error(400, "ERROR_CODE_INPUT_ERROR", "The request's target must be a path.")

    /// With one more header, whose name and value are known to be good.
    func with(_ name: String, _ value: String) -> Response {
        var copy = self
        do {
            try copy.set(name, value)
        } catch {
            return Response(status: 500)
        }
        return copy
    }
}
