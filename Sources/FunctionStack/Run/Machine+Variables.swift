import Values

extension Machine {
    /// The variables of the innermost call by name.
    func variables() -> Object {
        var object = Object()
        for (name, slot) in routine?.variables ?? [] { object[Text(name)] = value(of: slot) }
        return object
    }

    /// A template with the variables of the innermost call, by themselves and as `$var`, its `$input` and `$env`.
    func render(_ template: Template) throws -> Value {
        let variables = variables()
        let input = value(of: Scope.input)
        let run = run
        let text = try template.render(context: run.filters) { name in
            switch name.string {
            case "var": .object(variables)
            case "input": input
            case "env": .object(run.environment)
            case "auth": .object([:])
            default: variables[name]
            }
        }
        return .text(text)
    }
}
