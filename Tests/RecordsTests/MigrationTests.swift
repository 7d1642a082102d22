import FunctionStack
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Migrations")
struct MigrationTests {
    static let first = TableSource("t", .id, .make("text", "name"), indexes: [.make("btree", "name")])

    static func filled() throws -> TestStore {
        let store = try TestStore(first)
        _ = try store.records.bulkAdd("t", items: [["name": "a"], ["name": "a"], ["name": "b"]])
        return store
    }

    @Test("A workspace that has not changed costs one read, and writes nothing")
    func unchanged() throws {
        let store = try Self.filled()
        let reader = try Connection(.reader(store.folder + "/records.sqlite"))
        // A connection that may not write anything.
        try store.plans.schema.migrate(reader, now: 0)
    }

    @Test("New columns are added, and hold the default or what the type calls empty in the records that are there")
    func newColumns() throws {
        let store = try Self.filled()
        store.now = 5_000
        try store.reload(
            TableSource(
                "t", .make("text", "first"), .id, .make("text", "name"), .make("int", "count", optional: true),
                .make("text", "quoted", default: .text("it's")), .make("decimal", "price", default: .integer(2)),
                .make("bool", "on", default: .text("true")), .make("timestamp", "seen", default: .now),
                .make("date", "day", default: .now), .make("text", "note", nullable: true), .make("text[]", "tags"),
                .make("json", "meta", default: .object([])), .make("int", "low", default: .integer(.min)),
                .make("timestamp", "gone", optional: true), indexes: [.make("btree", "name")]))
        let record = try store.records.get("t", field: "id", value: 3, output: nil)
        #expect(JSON.text(record) == """
            {"first":"","id":3,"name":"b","count":0,"quoted":"it's","price":2,"on":true,"seen":5000,"day":"1970-01-01",\
            "note":null,"tags":[],"meta":{},"low":-9223372036854775808,"gone":null}
            """)
        #expect(record["price"] == 2.0)
        #expect(try store.records.add("t", data: ["first": "x", "name": "c", "tags": ["y"]])["id"] == 4)
    }

    @Test("New tables and indexes are added; an index that is gone is dropped")
    func tablesAndIndexes() throws {
        let store = try Self.filled()
        try store.reload(
            TableSource("t", .id, .make("text", "name"), indexes: [.make("btree", "-name", "id")]), TableSource("u", .id))
        #expect(try store.records.add("u", data: [:])["id"] == 1)
        let names = try store.schemaNames()
        #expect(names.contains("postern_index_\"t\"(\"name\" desc,\"id\")"))
        #expect(!names.contains("postern_index_\"t\"(\"name\")"))
    }

    @Test("A unique index over records that are equal there is refused by the columns' names, and nothing is changed")
    func duplicates() throws {
        let store = try Self.filled()
        let names = try store.schemaNames()
        let error = #expect(throws: MigrationError.self) {
            try store.reload(
                TableSource("t", .id, .make("text", "name"), .make("int", "x", optional: true),
                    indexes: [.make("btree|unique", "name")]))
        }
        #expect(error == MigrationError(table: "t", reason: .duplicates(columns: ["name"])))
        #expect(error?.description.contains("change these records") == true)
        #expect(try store.schemaNames() == names)
        #expect(try store.records.get("t", field: "id", value: 1, output: nil) == ["id": 1, "name": "a"])
        _ = try store.records.edit("t", field: "id", value: 2, data: ["name": "c"])
        try store.reload(TableSource("t", .id, .make("text", "name"), indexes: [.make("btree|unique", "name")]))
        #expect(throws: StackError.self) { try store.records.add("t", data: ["name": "c"]) }
    }

    struct Refusal: Sendable {
        let table: TableSource?
        let reason: MigrationError.Reason
        let remedy: String
    }

    static let refusals: [Refusal] = [
        Refusal(table: nil, reason: .tableRemoved, remedy: "put its file back"),
        Refusal(table: TableSource("t", .id), reason: .columnRemoved("name"), remedy: "put the column back"),
        Refusal(
            table: TableSource("t", .id, .make("text", "title", optional: true)), reason: .columnRemoved("name"),
            remedy: "another column"),
        Refusal(
            table: TableSource("t", .id, .make("int", "name")),
            reason: .typeChanged(column: "name", from: "text", to: "int"), remedy: "make it text again"),
        Refusal(
            table: TableSource("t", .id, .make("text[]", "name")),
            reason: .typeChanged(column: "name", from: "text", to: "text[]"), remedy: "make it text again"),
        Refusal(
            table: TableSource("t", .make("uuid", "id"), .make("text", "name")),
            reason: .keyChanged(from: "int", to: "uuid"), remedy: "make it int again"),
    ]

    @Test("What would lose or reinterpret values is refused with the remedy, and nothing is changed", arguments: refusals)
    func refused(refusal: Refusal) throws {
        let store = try Self.filled()
        let error = #expect(throws: MigrationError.self) {
            if let table = refusal.table { try store.reload(table) } else { try store.reload(TableSource("other", .id)) }
        }
        #expect(error == MigrationError(table: "t", reason: refusal.reason))
        #expect(error?.description.contains(refusal.remedy) == true)
        let isConvertible = if case .keyChanged = refusal.reason { false } else { true }
        #expect(error?.description.contains("postern migrate --allow-drop") == isConvertible)
        #expect(try store.records.get("t", field: "id", value: 3, output: nil) == ["id": 3, "name": "b"])
        #expect(try !store.schemaNames().contains("other"))
    }

    @Test(
        "A type that is stored the same way may change",
        arguments: [
            Column.make("email", "name"), .make("enum", "name", values: ["x"]),
            .make("text", "name", nullable: true, filters: [.make("trim")]),
        ])
    func kept(column: Column) throws {
        let store = try Self.filled()
        try store.reload(TableSource("t", .id, column))
        #expect(try store.records.get("t", field: "id", value: 3, output: nil) == ["id": 3, "name": "b"])
    }

    @Test("A table that has become unusable keeps its records until it is mended")
    func unusable() throws {
        let store = try Self.filled()
        try store.reload(TableSource("t", .id, .make("text", "name"), .make("vector", "x")), TableSource("u", .id))
        #expect(throws: StackError.self) { try store.records.get("t", field: "id", value: 1, output: nil) }
        try store.reload(Self.first, TableSource("u", .id))
        #expect(try store.records.get("t", field: "id", value: 3, output: nil) == ["id": 3, "name": "b"])
    }

    @Test("Two that open a new database at once agree on its tables")
    func concurrent() async throws {
        let store = try TestStore()
        let path = store.folder + "/records.sqlite"
        let schema = WorkspaceSchema(constructs: [Self.first.construct, AddTests.response.construct])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let connection = try Connection(.serve(path))
                    try connection.prepare(workspace: "test", schemas: [Records.ownTables])
                    try schema.migrate(connection, now: 0)
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.schemaNames().filter { $0 == "response" }.count == 1)
    }
}
