import FunctionStack
import Foundation
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Migrations that lose or convert values")
struct LossyMigrationTests {
    static func store(_ table: TableSource, _ items: [Value]) throws -> TestStore {
        let store = try TestStore(table)
        _ = try store.records.bulkAdd(table.name, items: items)
        return store
    }

    static func schema(_ tables: TableSource...) -> WorkspaceSchema {
        WorkspaceSchema(constructs: tables.map(\.construct))
    }

    static let wide = TableSource(
        "order", .id, .make("text", "name"), .make("text", "note", nullable: true), .make("int", "group"),
        indexes: [.make("btree", "note"), .make("btree|unique", "name")])
    static let items: [Value] = [
        ["name": "a", "note": "x", "group": 1], ["name": "b", "note": nil, "group": 2], ["name": "c", "note": "z", "group": 3],
    ]

    @Test("What is lost is said and counted beforehand, and nothing is written")
    func plan() throws {
        let store = try Self.store(Self.wide, Self.items)
        let reader = try Connection(.reader(store.folder + "/records.sqlite"))
        let steps = try Self.schema(
            TableSource("order", .id, .make("text", "name"), .make("decimal", "price", optional: true), indexes: [.make("btree", "name")]),
            TableSource("new", .id)
        ).migrationSteps(reader, now: 0)
        #expect(steps.map(\.description) == [
            "add table new", "drop column order.note: 2 values are lost", "drop column order.group: 3 values are lost",
            "add column order.price (decimal)", "drop index postern_index_\"order\"(\"note\") on order",
            "drop index postern_unique_\"order\"(\"name\") on order", "add index btree (name) on order",
        ])
        #expect(steps.filter(\.isDestructive).count == 2)
        let gone = try Self.schema(TableSource("new", .id)).migrationSteps(reader, now: 0)
        #expect(gone.map(\.description) == ["drop table order: 3 records are lost", "add table new"])
        #expect(try Self.schema(Self.wide).migrationSteps(reader, now: 0) == [])
    }

    @Test("Tables and columns that are gone are dropped, and what is left keeps its values, indexes and numbering")
    func drops() throws {
        let store = try Self.store(Self.wide, Self.items)
        try store.records.delete("order", field: "id", value: 3)
        let schema = Self.schema(TableSource("order", .id, .make("text", "name"), indexes: [.make("btree|unique", "name")]))
        let steps = try schema.migrateWithLosses(store.connection, now: 0) { false }
        #expect(steps.count(where: \.isDestructive) == 2)
        store.plans = RecordPlans(schema)
        #expect(try store.records.get("order", field: "name", value: "b", output: nil) == ["id": 2, "name": "b"])
        #expect(try store.connection.statement("SELECT name FROM pragma_table_info('order')").map { $0.string(0) } == ["id", "name"])
        #expect(throws: StackError.self) { try store.records.add("order", data: ["name": "a"]) }
        #expect(try store.records.add("order", data: ["name": "d"])["id"] == 4)
        let empty = Self.schema(TableSource("other", .id))
        _ = try empty.migrateWithLosses(store.connection, now: 0) { false }
        #expect(try !store.schemaNames().contains("order"))
        // The next load finds nothing to do.
        try empty.migrate(Connection(.reader(store.folder + "/records.sqlite")), now: 0)
    }

    @Test(
        "A column that changes its type keeps what is a value of the new one",
        arguments: [
            ("text", "int", ["5", "-7", "x", "1.5", ""], [5, -7, 0, 0, 0], 3),
            ("int", "text", [5, -7], ["5", "-7"], 0),
            ("text", "decimal", ["1.5", "2", "x"], [1.5, 2.0, 0.0], 1),
            ("decimal", "int", [1.0, 1.5], [1, 0], 1),
            ("int", "bool", [1, 0, 2], [true, false, false], 1),
            ("bool", "text", [true, false], ["true", "false"], 0),
            ("text", "timestamp", ["1970-01-02", "never"], [86_400_000, nil], 1),
            ("timestamp", "date", [86_400_000], ["1970-01-02"], 0),
            ("text", "text[]", ["a", "b"], [["a"], ["b"]], 0),
            ("text[]", "text", [["a"], [], ["a", "b"]], ["a", "", ""], 1),
            ("int[]", "text[]", [[1, 2], []], [["1", "2"], []], 0),
            ("text[]", "int[]", [["1", "2"], ["1", "x"]], [[1, 2], []], 1),
            ("text", "json", ["{\"a\":1}", "[1]", "plain"], [["a": 1], [1], "plain"], 0),
            ("json", "text", [["a": 1], "plain", 5], ["{\"a\":1}", "plain", "5"], 0),
            ("json", "text[]", [["a"], "b", [["c": 1]]], [["a"], ["b"], [.text("{\"c\":1}")]], 0),
        ] as [(String, String, [Value], [Value], Int64)])
    func conversions(from: String, to: String, old: [Value], new: [Value], lost: Int64) throws {
        let store = try Self.store(
            TableSource("t", .id, .make(from, "x"), indexes: [.make("btree", "x")]), old.map { ["x": $0] })
        let schema = Self.schema(TableSource("t", .id, .make(to, "x"), indexes: [.make("btree", "x")]))
        let steps = try schema.migrateWithLosses(store.connection, now: 0) { false }
        guard case .convertColumn("t", "x", from, to, let result) = steps.first else {
            Issue.record("\(steps)")
            return
        }
        #expect(result.values == Int64(old.count))
        #expect(result.failed == lost)
        #expect(result.failedIDs.count == Int(lost))
        store.plans = RecordPlans(schema)
        let found = try store.records.query(RecordQuery(table: "t", condition: nil, output: ["x"], parameterCount: 0), parameters: [])
        #expect(found == .array(new.map { ["x": $0] }))
        // As SQLite keeps it, not only as it is read.
        let affinity = try store.connection.statement("SELECT type FROM pragma_table_info('t') WHERE name = 'x'").first { $0.string(0) }
        #expect(affinity == schema.tables["t"]?["x"]?.storage.declaration)
    }

    @Test("The records whose values do not convert are named by their ids")
    func named() throws {
        let store = try Self.store(TableSource("t", .id, .make("text", "x")), [["x": "1"], ["x": "no"], ["x": "neither"]])
        let schema = Self.schema(TableSource("t", .id, .make("int", "x")))
        let steps = try schema.migrationSteps(store.connection, now: 0)
        #expect(steps.map(\.description) == [
            "convert column t.x from text to int: 3 values, of which 2 do not and are lost: id 2, 3"
        ])
        #expect(JSON.text(.object(steps[0].object)) == """
            {"destructive":true,"step":"convert_column","table":"t","column":"x","from":"text","to":"int","values":3,\
            "lost":2,"ids":[2,3]}
            """)
    }

    @Test("All of it is one transaction: what cannot be done at the end undoes what was done before")
    func whole() throws {
        let store = try Self.store(
            TableSource("t", .id, .make("text", "x"), .make("text", "gone")), [["x": "1", "gone": "a"], ["x": "01", "gone": "b"]])
        let names = try store.schemaNames()
        let error = #expect(throws: MigrationError.self) {
            try Self.schema(TableSource("t", .id, .make("int", "x"), indexes: [.make("btree|unique", "x")]))
                .migrateWithLosses(store.connection, now: 0) { false }
        }
        #expect(error?.reason == .duplicates(columns: ["x"]))
        #expect(try store.schemaNames() == names)
        #expect(try store.records.get("t", field: "id", value: 2, output: nil) == ["id": 2, "x": "01", "gone": "b"])
    }

    @Test("While another process uses the database nothing is lost; what only adds goes on")
    func inUse() throws {
        let store = try Self.store(Self.wide, Self.items)
        let error = #expect(throws: MigrationError.self) {
            try Self.schema(TableSource("order", .id)).migrateWithLosses(store.connection, now: 0) { true }
        }
        #expect(error?.reason == .inUse)
        #expect(try store.records.has("order", field: "name", value: "c"))
        _ = try Self.schema(Self.wide, TableSource("new", .id)).migrateWithLosses(store.connection, now: 0) { true }
        #expect(try store.schemaNames().contains("new"))
    }

    @Test("An id of another kind is refused in any case: nothing that names a record would find it")
    func key() throws {
        let store = try Self.store(Self.wide, Self.items)
        let error = #expect(throws: MigrationError.self) {
            try Self.schema(TableSource("order", .make("uuid", "id"), .make("text", "name")))
                .migrateWithLosses(store.connection, now: 0) { false }
        }
        #expect(error?.reason == .keyChanged(from: "int", to: "uuid"))
    }

    @Test("Many records are converted in batches, each once")
    func many() throws {
        let store = try Self.store(
            TableSource("t", .id, .make("text", "x")), (1...2_500).map { ["x": .text(Text(String($0)))] })
        let schema = Self.schema(TableSource("t", .id, .make("int", "x")))
        _ = try schema.migrateWithLosses(store.connection, now: 0) { false }
        #expect(try store.connection.statement("SELECT count(*), sum(x = id) FROM t WHERE typeof(x) = 'integer'").first {
            [$0.integer(0), $0.integer(1)]
        } == [2_500, 2_500])
    }
}
