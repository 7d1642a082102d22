import FunctionStack
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Tables of a workspace")
struct SchemaTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let tables: [TableSource]
        let kind: Diagnostic.Kind
        let message: String
        let remedy: String?

        init(_ tables: TableSource..., kind: Diagnostic.Kind, _ message: String, remedy: String? = nil) {
            self.tables = tables
            self.kind = kind
            self.message = message
            self.remedy = remedy
        }

        var testDescription: String { message }
    }

    static let cases: [Case] = [
        Case(TableSource("postern_events", .id), kind: .name, "begin with postern_ are Postern's", remedy: "rename"),
        Case(TableSource("POSTERN_x", .id), kind: .name, "Postern's own", remedy: "rename"),
        Case(TableSource("sqlite_x", .id), kind: .name, "SQLite's own", remedy: "rename"),
        Case(TableSource("", .id), kind: .name, "must not be empty"),
        Case(TableSource("a\u{0}b", .id), kind: .name, "control characters"),
        Case(TableSource("a", .id), TableSource("a", .id), kind: .name, "another table \"a\""),
        Case(TableSource("user", .id), TableSource("User", .id), kind: .name, "case of letters"),
        Case(TableSource("t", .make("text", "x")), kind: .name, "needs a column named id", remedy: "int id"),
        Case(TableSource("t", .make("text", "id")), kind: .type, "id must be an int or a uuid"),
        Case(TableSource("t", .make("int[]", "id")), kind: .type, "id must be an int or a uuid"),
        Case(TableSource("t", .id, .make("text", "x"), .make("int", "x")), kind: .name, "another column \"x\""),
        Case(TableSource("t", .id, .make("text", "x"), .make("int", "X")), kind: .name, "case of letters"),
        Case(TableSource("t", .id, .make("text", "_rowid_")), kind: .name, "of its own"),
        Case(TableSource("t", .id, .make("string", "x")), kind: .type, "no type \"string\"", remedy: "text"),
        Case(TableSource("t", .id, .make("timestmp", "x")), kind: .type, "no type", remedy: "timestamp"),
        Case(TableSource("t", .id, .make("vector", "x")), kind: .unsupported, "vectors", remedy: "json"),
        Case(TableSource("t", .id, .make("geo_point", "x")), kind: .unsupported, "geographic"),
        Case(
            TableSource("t", .id, .make("int", "x", default: .variable("y"))), kind: .type, "not a constant",
            remedy: "literal"),
        Case(TableSource("t", .id, .make("int", "x", default: .text("many"))), kind: .type, "does not fit"),
        Case(TableSource("t", .id, .make("enum", "x", default: .text("c"), values: ["a"])), kind: .type, "does not fit"),
        Case(TableSource("t", .id, .make("text", "x", default: .text("a\u{0}"))), kind: .type, "NUL"),
        Case(TableSource("t", .id, .make("text", "x", filters: [.make("trm")])), kind: .name, "filter \"trm\"", remedy: "trim"),
        Case(TableSource("t", .id, .make("int", "x", filters: [.make("min")])), kind: .type, "needs a number"),
        Case(
            TableSource("t", .id, .make("text", "name"), indexes: [.make("btree", "nam")]), kind: .name,
            "\"nam\", which is no column", remedy: "name"),
        Case(TableSource("t", .id, indexes: [.make("hash", "id")]), kind: .name, "no index type \"hash\""),
        Case(TableSource("t", .id, indexes: [.make("btree|sorted", "id")]), kind: .name, "sorted"),
        Case(TableSource("t", .id, .make("int", "x"), indexes: [.make("primary", "x")]), kind: .name, "primary"),
        Case(TableSource("t", .id, indexes: [.make("btree")]), kind: .name, "no column"),
    ]

    @Test("What is wrong with a table is told with its place and the mend", arguments: cases)
    func diagnostics(row: Case) throws {
        let schema = WorkspaceSchema(constructs: row.tables.map(\.construct))
        let diagnostic = try #require(schema.diagnostics.first { $0.message.contains(row.message) })
        #expect(diagnostic.kind == row.kind)
        #expect(diagnostic.file.path == "table/test.xs")
        if let remedy = row.remedy { #expect(diagnostic.remedy?.contains(remedy) == true) }
    }

    @Test("A table that cannot be used spoils only what reaches it")
    func spoilt() throws {
        let bad = TableSource("places", .id, .make("geo_point", "where"))
        let schema = WorkspaceSchema(constructs: [bad.construct, AddTests.response.construct])
        #expect(schema.tables.keys.sorted() == ["response"])
        #expect(schema.columns(of: "response") == ["id", "created_at", "form_id", "answer", "number"])
        let problem = try #require(schema.problem(of: RecordQuery(table: "places", condition: nil, parameterCount: 0)))
        #expect(problem.kind == .unsupported)
        #expect(schema.problem(of: RecordQuery(table: "response", condition: nil, parameterCount: 0)) == nil)
    }

    @Test(
        "Indexes that only make PostgreSQL faster are passed over, also on columns that Xano adds itself",
        arguments: ["gin", "search", "vector"])
    func otherIndexes(type: String) throws {
        let schema = WorkspaceSchema(constructs: [TableSource("t", .id, indexes: [.make(type, "xdo")]).construct])
        #expect(schema.diagnostics.isEmpty)
        #expect(schema.tables["t"]?.indexes == [])
    }

    @Test("A table without columns has an id")
    func empty() throws {
        let store = try TestStore(TableSource("empty"), inMemory: true)
        #expect(try store.records.add("empty", data: [:]) == ["id": 1])
        #expect(try store.records.add("empty", data: [:]) == ["id": 2])
    }

    @Test("Types of older exports are those of today", arguments: [("epochms", 5), ("obj", ["a": 1]), ("blob_img", ["path": "x"])] as [(String, Value)])
    func former(type: String, value: Value) throws {
        let store = try TestStore(TableSource("t", .id, .make(type, "x")), inMemory: true)
        #expect(try store.records.add("t", data: ["x": value])["x"] == value)
    }
}
