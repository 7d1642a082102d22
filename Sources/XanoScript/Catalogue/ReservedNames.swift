/// Variables that a stack may not assign. `$result` and `$index` are reserved too by the documentation, but assigned
/// by many stacks, and so they are let through.
enum ReservedNames {
    static func contains(_ name: String) -> Bool { names.contains(name) }

    /// What to call a variable instead.
    static func remedy(for name: String) -> String {
        "this name is reserved; choose another, such as $\(name)_value"
    }

    private static let names: Set<String> = ["response", "output", "input", "auth", "env", "db", "this"]
}
