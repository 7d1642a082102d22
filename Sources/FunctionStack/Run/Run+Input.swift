import Values

extension Run {
    /// `util.get_all_input`: everything that was sent, declared or not.
    func allInput() throws -> Object {
        let given = try GivenInput(self, readsBody: true).object
        return changedInput.map { $0.applied(to: given) } ?? given
    }

    /// `util.get_raw_input`: the body, and over it what `pre` middleware changed unless that is left out.
    func rawInput(_ encoding: BodyEncoding, excludesMiddleware: Bool) throws -> Value {
        let body = try body(as: encoding)
        guard !excludesMiddleware, let changedInput, case .object(let object) = body else { return body }
        return .object(changedInput.applied(to: object))
    }

    /// What a `pre` middleware answered.
    func changeInput(_ response: Object, replaces: Bool) {
        if replaces {
            changedInput = InputChange(values: response, replaces: true)
        } else if var change = changedInput {
            change.values = change.values.merged(with: response)
            changedInput = change
        } else {
            changedInput = InputChange(values: response, replaces: false)
        }
    }

    func log(_ error: StackError, at location: String) {
        let place = error.location ?? location
        effects.log(LogEntry(kind: .error, value: .object(["code": .text(error.code), "message": .text(error.message)]), location: place))
    }
}

/// What middleware made of the inputs.
struct InputChange {
    var values: Object
    var replaces: Bool

    func applied(to input: Object) -> Object { replaces ? values : input.merged(with: values) }
}
