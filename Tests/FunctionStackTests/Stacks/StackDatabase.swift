import FunctionStack
import Records
import Storage
import XanoScript

/// A database in memory with the tables of some constructs; none if there are no tables.
struct StackDatabase {
    let schema: WorkspaceSchema
    let records: Records

    /// 2024-02-29 12:30:45.678 UTC
    private static let now: Int64 = 1_709_209_845_678

    init?(_ constructs: [Construct]) throws {
        let hasTables = constructs.contains { if case .table = $0.kind { true } else { false } }
        guard hasTables else { return nil }
        schema = WorkspaceSchema(constructs: constructs)
        let connection = try Connection(.memory)
        try connection.prepare(workspace: "test", schemas: [Records.ownTables])
        try schema.migrate(connection, now: Self.now)
        records = Records(connection, RecordPlans(schema), clock: { Self.now }) { Array(repeating: 7, count: $0) }
    }
}
