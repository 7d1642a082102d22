package import FunctionStack
package import Values
package import XanoScript

/// The tables of a workspace, as records are kept in them. Made once when the workspace is loaded, shared by
/// every connection and every thread.
package struct WorkspaceSchema: Sendable {
    /// The tables by their names.
    package let tables: [String: RecordTable]
    /// What is wrong with the tables, each with its place. A table with an error is not among `tables`.
    package let diagnostics: [Diagnostic]
    /// Why a table that the workspace has cannot be used here.
    private let refusals: [String: RecordProblem]

    /// Reads the tables among a workspace's constructs.
    package init(constructs: [Construct]) {
        var reader = SchemaReader()
        for construct in constructs {
            if case .table(let table) = construct.kind { reader.read(table, of: construct) }
        }
        tables = reader.tables
        refusals = reader.refusals
        diagnostics = reader.diagnostics
    }

    /// Whether the workspace has the table, and it cannot be used here.
    func hasRefused(_ table: String) -> Bool { refusals[table] != nil }

    /// The table of that name.
    ///
    /// - Throws: `RecordProblem` if there is none, or if it cannot be used.
    func table(_ name: String) throws(RecordProblem) -> RecordTable {
        if let table = tables[name] { return table }
        if let refusal = refusals[name] { throw refusal }
        throw RecordProblem(
            .name, "There is no table \"\(name)\"", remedy: nearest(to: name, among: Array(tables.keys)))
    }
}

extension WorkspaceSchema: RecordSchema {
    package func columns(of table: String) -> [String]? {
        tables[table]?.columns.map(\.name)
    }

    package func problem(ofTable name: String) -> RecordProblem? {
        do throws(RecordProblem) {
            _ = try table(name)
            return nil
        } catch {
            return error
        }
    }

    package func problem(ofWriting column: String, to table: String) -> RecordProblem? {
        guard let table = tables[table] else { return nil }
        guard table[column] == nil else { return nil }
        return RecordProblem(
            .name, "The table \"\(table.name)\" has no column \"\(column)\", and its value is not kept",
            remedy: nearest(to: column, among: table.columns.map(\.name)))
    }

    package func passwordColumns(of table: String) -> [String] {
        tables[table]?.columns.filter(\.check.holdsPasswords).map(\.name) ?? []
    }

    package func hashingPasswords(_ data: Object, of table: String, _ context: FilterContext) throws -> Object {
        guard let table = tables[table] else { return data }
        var data = data
        for column in table.columns where column.check.holdsPasswords {
            guard let given = data[column.key] else { continue }
            data[column.key] = try column.check.hashingPasswords(given, context)
        }
        return data
    }
}

extension WorkspaceSchema {
    package func problem(of query: RecordQuery) -> RecordProblem? {
        do throws(RecordProblem) {
            let plan = try QueryPlan(query, schema: self)
            _ = try plan.variant([], order: nil)
            return nil
        } catch {
            return error
        }
    }
}
