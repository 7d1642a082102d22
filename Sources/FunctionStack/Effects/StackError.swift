package import Values

/// An error of a stack as its caller sees it, and as `try_catch` sees it in `$error`.
package struct StackError: Error, Sendable {
    package enum Kind: Sendable, Equatable {
        /// 400, `ERROR_CODE_INPUT_ERROR`
        case inputError
        /// 400, `ERROR_CODE_BAD_REQUEST`
        case badRequest
        /// 401, `ERROR_CODE_UNAUTHORIZED`
        case unauthorized
        /// 403, `ERROR_CODE_ACCESS_DENIED`
        case accessDenied
        /// 404, `ERROR_CODE_NOT_FOUND`
        case notFound
        /// 429, `ERROR_CODE_TOO_MANY_REQUESTS`
        case tooManyRequests
        /// 500, `ERROR_FATAL`; of `throw`, with its own name.
        case fatal(name: String?)
        /// A bound of the run was reached: 500, and no `try_catch` catches it.
        case bound(String)

        /// The stack turned its caller away, and nothing went wrong.
        var isRefusal: Bool {
            switch self {
            case .inputError, .badRequest, .unauthorized, .accessDenied, .notFound, .tooManyRequests: true
            case .fatal, .bound: false
            }
        }
    }

    package var kind: Kind
    package var message: Text
    package var payload: Value
    /// `function/a.xs:12:3`, for the log; never shown to a sender.
    package var location: String?
    /// What the operator has to know beside the message: for the log, never shown to a sender or a stack.
    package var remedy: String?

    package init(
        _ kind: Kind, _ message: Text, payload: Value = .null, location: String? = nil, remedy: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.payload = payload
        self.location = location
        self.remedy = remedy
    }
}
