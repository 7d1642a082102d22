package import Values

/// Who is signed in: `$auth`.
package struct Identity: Sendable, Equatable {
    /// The table with `auth = true` that the user is of.
    package var table: String
    package var id: Value
    package var extras: Object

    package init(table: String, id: Value, extras: Object = [:]) {
        self.table = table
        self.id = id
        self.extras = extras
    }

    /// `$auth.id`, `$auth.extras.role` and, as the documentation has it as well, `$auth.role`.
    var value: Object {
        var object: Object = ["id": id, "extras": .object(extras)]
        for (name, value) in extras where !object.contains(name) { object[name] = value }
        return object
    }

    /// `{id: 1, extras: {role: "admin"}}` or `{id: 1, role: "admin"}`, as a test and the command line give it.
    ///
    /// - Parameter table: the one that is asked for
    package init?(mock value: Value, table: String = "") {
        guard case .object(var object) = value, let id = object.removeValue(forKey: "id"), id != .null else { return nil }
        let extras = object.removeValue(forKey: "extras")
        if case .object(let given)? = extras { for (name, value) in given { object[name] = value } }
        self.init(table: table, id: id, extras: object)
    }

    /// As an event keeps it that runs later.
    package var stored: Value { ["table": .text(table), "id": id, "extras": .object(extras)] }

    /// What an event kept.
    package init?(stored: Value) {
        guard case .text(let table) = stored["table"], stored["id"] != .null, case .object(let extras) = stored["extras"]
        else { return nil }
        self.init(table: table.string, id: stored["id"], extras: extras)
    }
}
