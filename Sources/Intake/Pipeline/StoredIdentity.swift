import FunctionStack
import Inbox
import Values

/// Who was signed in when an event arrived, kept among its headers under a name that no header can have.
enum StoredIdentity {
    static let name: Text = ":auth"

    static func fields(_ identity: Identity?) -> [HeaderField] {
        identity.map { [HeaderField(name, JSON.text($0.stored))] } ?? []
    }

    /// What tells one user's events from another's.
    static func suffix(_ identity: Identity?) -> String {
        identity.map { "#\($0.table):\(JSON.text($0.id))" } ?? ""
    }

    static func read(_ fields: [HeaderField]) -> Identity? {
        guard let field = fields.first(where: { $0.name == name }), let value = try? JSON.parse(field.value) else { return nil }
        return Identity(stored: value)
    }
}
