import FunctionStack
import Foundation
import Storage
import Testing
import Values
import XanoScript

@testable import Records

/// A database file of one test's own, its tables brought up to date, and a clock that stands still.
final class TestStore {
    static let start: Int64 = 1_700_000_000_000

    let folder: String
    var connection: Connection
    var plans: RecordPlans
    var now = start
    private var random: UInt8 = 0

    /// On a file, or in memory where a test makes many.
    init(_ tables: TableSource..., inMemory: Bool = false) throws {
        folder = NSTemporaryDirectory() + "postern-records-" + UUID().uuidString
        if inMemory {
            connection = try Connection(.memory)
        } else {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            connection = try Connection(Self.options(folder + "/records.sqlite"))
        }
        plans = RecordPlans(WorkspaceSchema(constructs: tables.map(\.construct)))
        try connection.prepare(workspace: "test", schemas: [Records.ownTables])
        try plans.schema.migrate(connection, now: now)
    }

    /// No test of these looks at what a crash of the machine leaves.
    private static func options(_ path: String) -> Connection.Options {
        var options = Connection.Options.serve(path)
        options.durability = .commit
        return options
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The same file with another version of the workspace.
    func reload(_ tables: TableSource...) throws {
        let plans = RecordPlans(WorkspaceSchema(constructs: tables.map(\.construct)))
        try plans.schema.migrate(connection, now: now)
        self.plans = plans
    }

    var records: Records {
        Records(connection, plans, clock: { self.now }) { count in
            self.random &+= 1
            return Array(repeating: self.random, count: count)
        }
    }

    /// The names of everything in the database's schema.
    func schemaNames() throws -> [String] {
        try connection.statement("SELECT name FROM sqlite_schema").map { $0.string(0) }
    }
}

/// The error that a stack would see.
func stackError(_ body: () throws -> some Any) throws -> StackError {
    try #require(throws: StackError.self) { _ = try body() }
}
