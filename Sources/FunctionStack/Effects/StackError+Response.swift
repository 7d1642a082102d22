package import Values

extension StackError {
    /// The HTTP status that answers it.
    package var status: Int {
        switch kind {
        case .inputError, .badRequest: 400
        case .unauthorized: 401
        case .accessDenied: 403
        case .notFound: 404
        case .tooManyRequests: 429
        case .fatal, .bound: 500
        }
    }

    package var code: Text {
        switch kind {
        case .inputError: "ERROR_CODE_INPUT_ERROR"
        case .badRequest: "ERROR_CODE_BAD_REQUEST"
        case .unauthorized: "ERROR_CODE_UNAUTHORIZED"
        case .accessDenied: "ERROR_CODE_ACCESS_DENIED"
        case .notFound: "ERROR_CODE_NOT_FOUND"
        case .tooManyRequests: "ERROR_CODE_TOO_MANY_REQUESTS"
        case .fatal, .bound: "ERROR_FATAL"
        }
    }

    /// `{"code", "message", "payload"}` as the sender sees it. Which bound was reached is for the log only.
    package var body: Object {
        var message = message
        if case .bound = kind { message = "The request needed more than it may use" }
        return ["code": .text(code), "message": .text(message), "payload": payload == .null ? "" : payload]
    }

    /// False for a bound: a stack that could catch it would go on for ever.
    package var isCatchable: Bool {
        if case .bound = kind { false } else { true }
    }

    /// `$error`
    var value: Value {
        var name: Text = "Exception"
        var code = code
        if case .fatal(let thrown?) = kind {
            name = Text(thrown)
            code = "ERROR_CODE_THROWN_ERROR"
        }
        var value: Object = [
            "code": .text(code), "name": .text(name), "message": .text(message), "payload": payload,
            "result": payload == .null ? .text(message) : payload,
        ]
        // Of `schema.parse`.
        if case .object(let details) = payload, kind == .inputError, let field = details["field"] {
            value["field"] = field
            value["value"] = details["value"] ?? .null
        }
        return .object(value)
    }
}

extension StackError.Kind {
    /// What `error_type` of a `precondition` may be.
    static let errorTypes = [
        "standard", "inputerror", "badrequest", "unauthorized", "accessdenied", "notfound", "toomanyrequests",
    ]

    init?(errorType: String) {
        switch errorType.lowercased() {
        case "standard", "": self = .fatal(name: nil)
        case "inputerror": self = .inputError
        case "badrequest": self = .badRequest
        case "unauthorized": self = .unauthorized
        case "accessdenied": self = .accessDenied
        case "notfound": self = .notFound
        case "toomanyrequests": self = .tooManyRequests
        default: return nil
        }
    }
}
