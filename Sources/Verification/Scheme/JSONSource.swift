/// Which text the JSON pointers of a scheme point into.
enum JSONSource: Sendable, Equatable {
    case body
    /// A field of the form.
    case form(String)

    init(_ parameters: inout SchemeParameters) throws(SettingProblem) {
        guard let text = parameters.take("document") else {
            self = .body
            return
        }
        guard text.hasPrefix("form:"), text != "form:" else {
            throw parameters.problem(
                .badValue, "has document= that names no form field",
                remedy: "write document=form:NAME, or leave it out")
        }
        self = .form(String(text.dropFirst("form:".count)))
    }
}
