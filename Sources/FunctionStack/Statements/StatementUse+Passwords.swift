import Values
import XanoScript

extension StatementUse {
    /// Hashes the passwords in a record's data on the stack's own thread. A statement that may write one is slow, and runs
    /// on a worker.
    var hashing: @Sendable (Object, FilterContext) throws -> Object {
        guard let (table, _) = subjectName, let schema = lowering.names.schema else { return { data, _ in data } }
        guard mayWrite(schema.passwordColumns(of: table)) else { return { data, _ in data } }
        lowering.facts.needsWorker = true
        return { data, context in try schema.hashingPasswords(data, of: table, context) }
    }

    /// Whether data names a column: known of an object that is written out, unless a key of it is computed.
    private func mayWrite(_ columns: [String]) -> Bool {
        guard !columns.isEmpty else { return false }
        // `db.del` has none.
        guard let data = self["data"] ?? self["items"] else { return false }
        guard case .object(let entries) = data.kind else { return true }
        return entries.contains { entry in entry.key.constantText.map(columns.contains) ?? true }
    }
}

extension Value {
    /// An object as something makes it; anything else as it is.
    func mappingObject(_ body: (Object) throws -> Object) rethrows -> Value {
        guard case .object(let object) = self else { return self }
        return .object(try body(object))
    }
}
