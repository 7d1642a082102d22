import Values

extension Machine {
    /// The variables of the innermost call by name.
    func variables() -> Object {
        var object = Object()
        for (name, slot) in routine?.variables ?? [] { object[Text(name)] = value(of: slot) }
        return object
    }
}
