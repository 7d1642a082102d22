import FunctionStack
import Foundation
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Stacks on tables")
struct WorkspaceTests {
    /// The workspace of the fixtures on a database of its own.
    final class Shop {
        let program: Program
        let store: TestStore

        init() throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/shop")
            let workspace = try Workspace.load(directory: folder.path())
            let schema = WorkspaceSchema(constructs: workspace.constructs)
            program = Program(workspace, schema: schema)
            #expect((workspace.diagnostics + schema.diagnostics + program.diagnostics).map(\.message) == [])
            store = try TestStore(inMemory: true)
            store.plans = RecordPlans(schema)
            try schema.migrate(store.connection, now: 0)
        }

        func run(_ function: String, _ input: Object = [:]) throws -> Value {
            let store = store
            let effects = Effects(
                records: store.records, clock: { store.now }, monotonicClock: { 0 }, randomBytes: { Array(repeating: 0, count: $0) },
                log: { _ in })
            return try program.runFunction(function, input: input, effects: effects)
        }
    }

    @Test("Records are stored with their columns' filters, defaults and types")
    func fill() throws {
        let filled = try Shop().run("fill")
        #expect(
            JSON.text(filled["ada"]) == """
                {"id":1,"created_at":1700000000000,"name":"Ada","email":"ada@example.com","tier":"gold","settings":{}}
                """)
        #expect(filled["bob"]["settings"] == ["theme": "dark", "limits": [1, 2]])
        guard case .array(let orders) = filled["orders"] else { return }
        #expect(
            JSON.text(orders[0]) == """
                {"id":1,"created_at":1000,"customer_id":1,"total":10,"status":"pending","tags":["new","vip"],\
                "address":{"street":"Main St","country":"US"},"paid_at":null}
                """)
        #expect(orders[2]["total"] == 30.0)
        #expect(orders[2]["paid_at"] == 60_000)
    }

    @Test(
        "A search leaves out what was not asked for",
        arguments: [
            ([:], 3, [3, 2]), (["page": 2], 3, [1]), (["status": "pending"], 2, [2, 1]), (["least": 10], 2, [3, 1]),
            (["tag": "new"], 2, [2, 1]), (["tag": "vip"], 1, [1]), (["name": "BO"], 1, [2]), (["status": "' OR 1 --"], 0, []),
            (["sort": ["total": "asc"]], 3, [2, 1]), (["sort": [["sortBy": "customer.name", "orderBy": "desc"]]], 3, [2, 1]),
            (["sort": [["sortBy": "customer_name", "orderBy": "asc"], ["sortBy": "id", "orderBy": "asc"]]], 3, [1, 3]),
        ] as [(Object, Int64, [Int64])])
    func search(input: Object, total: Int64, ids: [Int64]) throws {
        let shop = try Shop()
        _ = try shop.run("fill")
        let found = try shop.run("search", input)
        #expect(found["itemsTotal"] == .integer(total))
        #expect(found["curPage"] == .null)
        guard case .array(let items) = found["items"] else { return }
        #expect(items.map { $0["id"] } == ids.map { .integer($0) })
        for item in items { #expect(JSON.text(item["customer_name"]) == (item["id"] == 2 ? #""Bob""# : #""Ada""#)) }
    }

    @Test("A transaction is whole or not at all")
    func pay() throws {
        let shop = try Shop()
        _ = try shop.run("fill")
        let error = try stackError { try shop.run("pay", ["order_id": 1, "fail": true]) }
        #expect(error.message == "Told to fail")
        #expect(try shop.store.records.get("order", field: "id", value: 1, output: nil)["status"] == "pending")
        #expect(try stackError { try shop.run("pay", ["order_id": 77]) }.kind == .notFound)
        let paid = try shop.run("pay", ["order_id": 1])
        #expect(paid["order"]["status"] == "paid")
        #expect(paid["order"]["paid_at"] == .integer(TestStore.start))
        #expect(paid["paid"] == 2)
        #expect(paid["cancelled"] == false)
    }

    @Test("Upserts, bulk statements and the cache")
    func tidy() throws {
        let shop = try Shop()
        _ = try shop.run("fill")
        let tidied = try shop.run("tidy", ["email": "bob@example.com"])
        #expect(tidied["customer"]["id"] == 2)
        #expect(tidied["customer"]["settings"] == ["seen": true])
        #expect(tidied["customer"]["name"] == "Seen")
        #expect([tidied["updated"], tidied["deleted"], tidied["count"], tidied["length"]] == [1, 1, 2, 1])
        let again = try shop.run("tidy", ["email": "new@example.com"])
        #expect(again["customer"]["id"] == 3)
        #expect([again["updated"], again["deleted"], again["count"], again["length"]] == [0, 0, 4, 2])
    }

    @Test("A rate limit throws, and counts what was refused")
    func limited() throws {
        let shop = try Shop()
        #expect(try shop.run("limited") == 1)
        #expect(try shop.run("limited") == 2)
        let error = try stackError { try shop.run("limited") }
        #expect(error.kind == .tooManyRequests)
        #expect(error.message == "Too fast")
        shop.store.now += 60_000
        #expect(try shop.run("limited") == 1)
    }

    @Test("A duplicate is an error that a stack may catch")
    func duplicate() throws {
        let shop = try Shop()
        _ = try shop.run("fill")
        #expect(try shop.run("duplicate") == "Duplicate record detected. Please check whether a similar record already exists.")
    }

    // MARK: Before it runs

    static let people = """
        table "person" {
          schema {
            int id
            text name
            password secret?
          }
        }
        """
    static let places = "table place {\n  schema {\n    int id\n    geo_point spot\n  }\n}"

    /// The diagnostics of a function whose stack is one statement.
    static func diagnostics(_ statement: String) -> [Diagnostic] {
        let sources = [people, places, "function f {\n  input {\n  }\n  stack {\n    \(statement)\n  }\n  response = null\n}"]
        let constructs = sources.enumerated().flatMap { number, source in
            Parser.parse(SourceFile(path: "\(number).xs", bytes: Array(source.utf8))).constructs
        }
        let schema = WorkspaceSchema(constructs: constructs)
        return Program(constructs: constructs, schema: schema).diagnostics
    }

    @Test(
        "A statement about what the tables have not is told when the workspace is loaded",
        arguments: [
            ("db.add persn {\n data = {name: 1}\n } as $x", .error, .name, "persn"),
            ("db.add person {\n data = {nam: 1}\n } as $x", .warning, .name, "no column \"nam\""),
            ("db.add place {\n data = {}\n } as $x", .error, .unsupported, "geographic"),
            ("db.query place {\n return = {type: \"list\"}\n } as $x", .error, .unsupported, "geographic"),
            ("db.query person {\n where = $db.person.nam == 1\n } as $x", .error, .name, "no column \"nam\""),
            ("db.query person {\n where = ($db.person.name|md5) == \"\"\n } as $x", .error, .unsupported, "md5"),
        ] as [(String, Diagnostic.Severity, Diagnostic.Kind, String)])
    func refusals(
        statement: String, severity: Diagnostic.Severity, kind: Diagnostic.Kind, message: String
    ) throws {
        let found = Self.diagnostics(statement)
        let diagnostic = try #require(found.first { $0.message.contains(message) }, "\(found.map(\.message))")
        #expect(diagnostic.severity == severity)
        #expect(diagnostic.kind == kind)
    }
}
