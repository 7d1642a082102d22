package import Values

extension StackError {
    /// A mistake in the stack itself that shows only when it runs: 500, `ERROR_FATAL`.
    package static func mistake(_ message: String) -> StackError {
        StackError(.fatal(name: nil), Text(message))
    }

    /// A filter or an operator was given a value of a type that it does not take.
    ///
    /// - Parameters:
    ///   - user: the filter's name, or the operator in quotes
    ///   - remedy: what to use instead, ends the message
    package static func wrongType(_ user: String, expected: String, got: Value, remedy: String? = nil) -> StackError {
        let hint = remedy.map { "; \($0)" } ?? ""
        return mistake("\(user) expects \(expected), not \(got.typeName)\(hint)")
    }

    /// A result that 64 bits cannot hold.
    package static func overflow(_ user: String) -> StackError {
        mistake("The result of \(user) is out of range")
    }
}

extension Value {
    /// The type as messages name it: with an article.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "a bool"
        case .integer: "an int"
        case .decimal: "a decimal"
        case .text: "text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
