import Values

extension Machine {
    /// What a run has made so far, as far as a statement can change it.
    struct State {
        fileprivate var slots: [Value]
        fileprivate var returned: Value
        fileprivate var stopped: Value?
        fileprivate var headers: ResponseHeaders
        fileprivate var changedInput: InputChange?
        fileprivate(set) var postProcesses: [PostProcessEntry]
    }

    var state: State {
        State(
            slots: slots, returned: returned, stopped: stopped, headers: run.headers, changedInput: run.changedInput,
            postProcesses: run.postProcesses)
    }

    /// Puts everything back as it was at the same place of the stack.
    mutating func restore(_ state: State) {
        slots = state.slots
        returned = state.returned
        stopped = state.stopped
        run.headers = state.headers
        run.changedInput = state.changedInput
        run.postProcesses = state.postProcesses
    }

    /// The variables of the innermost call by name.
    func variables() -> Object {
        var object = Object()
        for (name, slot) in routine?.variables ?? [] { object[Text(name)] = value(of: slot) }
        return object
    }

    /// A template with the variables of the innermost call, by themselves and as `$var`, its `$input` and `$env`.
    func render(_ template: Template, placeholder: ((Value) throws -> Text)? = nil) throws -> Value {
        let variables = variables()
        let input = value(of: Scope.input)
        let run = run
        let text = try template.render(context: run.filters, placeholder: placeholder) { name in
            switch name.string {
            case "var": .object(variables)
            case "input": input
            case "env": .object(run.environment)
            case "auth": .object(run.identity?.value ?? [:])
            default: variables[name]
            }
        }
        return .text(text)
    }
}
