/// Variables that a stack may not assign. `$result` and `$index` are reserved too by the documentation, but assigned
/// by many stacks, and so they are let through.
enum ReservedNames {
    static func contains(_ name: String) -> Bool { names.contains(name) }

    /// `as $response` and `as $output`, which workspaces that were built in the browser have.
    static func mayHoldResult(_ name: String) -> Bool { name == "response" || name == "output" }

    /// What to call a variable instead.
    static func remedy(for name: String) -> String {
        "this name is reserved; choose another, such as $\(name)_value"
    }

    private static let names: Set<String> = ["response", "output", "input", "auth", "env", "db", "this"]
}
