import FunctionStack
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Queries")
struct QueryTests {
    typealias Condition = RecordQuery.Condition

    static let user = TableSource("user", .id, .make("text", "name"), .make("int", "age", nullable: true))
    static let comment = TableSource(
        "comment", .id, .make("int", "user_id"), .make("text", "body"), .make("json", "meta", nullable: true),
        indexes: [.make("btree", "user_id")])

    static func store() throws -> TestStore {
        let store = try TestStore(user, comment, inMemory: true)
        _ = try store.records.bulkAdd(
            "user", items: [["name": "Ada", "age": 36], ["name": "Bob", "age": nil], ["name": "Cem", "age": 20]])
        _ = try store.records.bulkAdd(
            "comment",
            items: [
                ["user_id": 1, "body": "one", "meta": ["stars": 3, "by": ["name": "x", "role": "y"]]],
                ["user_id": 2, "body": "two"], ["user_id": 1, "body": "three", "meta": ["stars": 5]],
                ["user_id": 9, "body": "lost"],
            ])
        return store
    }

    @Test("that outlasts its run ends it, and no try_catch catches that")
    func interrupted() throws {
        let store = try Self.store()
        store.connection.setProgressHandler(every: 1) { true }
        let query = RecordQuery(table: "user", condition: nil, parameterCount: 0)
        let error = #expect(throws: StackError.self) { try store.records.query(query, parameters: []) }
        #expect(error?.kind == .bound("time"))
        store.connection.removeProgressHandler()
        _ = try store.records.query(query, parameters: [])
    }

    static func column(_ table: String, _ name: String, _ path: String...) -> Condition {
        .column(table: table, name: name, path: path)
    }

    static func equal(_ left: Condition, _ right: Condition) -> Condition {
        .comparison(.equal, left, right, ignoresNull: false)
    }

    static let onUser = equal(column("comment", "user_id"), column("user", "id"))

    // MARK: What is returned

    @Test("A list is an array of whole records, in the order of their ids")
    func list() throws {
        let found = try Self.store().records.query(RecordQuery(table: "user", condition: nil, parameterCount: 0), parameters: [])
        #expect(JSON.text(found) == #"[{"id":1,"name":"Ada","age":36},{"id":2,"name":"Bob","age":null},{"id":3,"name":"Cem","age":20}]"#)
    }

    @Test("A single record, a count and whether there is one")
    func others() throws {
        let store = try Self.store()
        let adults = Condition.comparison(.greater, Self.column("user", "age"), .parameter(0), ignoresNull: false)
        func run(_ result: RecordQuery.Result, _ age: Value) throws -> Value {
            let query = RecordQuery(table: "user", condition: adults, result: result, parameterCount: 1)
            return try store.records.query(query, parameters: [age])
        }
        #expect(try run(.single, 30)["name"] == "Ada")
        #expect(try run(.single, 99) == .null)
        #expect(try run(.count, 10) == 2)
        #expect(try run(.count, 99) == 0)
        #expect(try run(.exists, 10) == true)
        #expect(try run(.exists, 99) == false)
    }

    @Test("Distinct rows count once")
    func distinct() throws {
        let store = try Self.store()
        for result in [RecordQuery.Result.list, .count] {
            let query = RecordQuery(
                table: "comment", condition: nil, result: result, isDistinct: true, output: ["user_id"], parameterCount: 0)
            let found = try store.records.query(query, parameters: [])
            #expect(found == (result == .count ? 3 : [["user_id": 1], ["user_id": 2], ["user_id": 9]]))
        }
    }

    // MARK: Order

    @Test(
        "Rows are sorted by columns, paths, joined columns and evaluated fields; null is greater than all",
        arguments: [
            ([.init(field: "body", direction: .ascending)], [4, 1, 3, 2]),
            ([.init(field: "comment.body", direction: .descending)], [2, 3, 1, 4]),
            ([.init(field: "meta.stars", direction: .ascending)], [1, 3, 2, 4]),
            ([.init(field: "comment.meta.stars", direction: .descending)], [2, 4, 3, 1]),
            ([.init(field: "user.name", direction: .descending), .init(field: "id", direction: .descending)], [4, 2, 3, 1]),
            ([.init(field: "shouted", direction: .ascending)], [4, 1, 3, 2]),
        ] as [([RecordQuery.Sort], [Int64])])
    func sort(sort: [RecordQuery.Sort], ids: [Int64]) throws {
        let query = RecordQuery(
            table: "comment", condition: nil,
            joins: [.init(alias: "user", table: "user", kind: .left, condition: Self.onUser)],
            evaluated: [("shouted", .filter("to_upper", Self.column("comment", "body"), []))], sort: sort,
            output: ["id"], parameterCount: 0)
        let found = try Self.store().records.query(query, parameters: [])
        #expect(found == .array(ids.map { ["id": .integer($0)] }))
    }

    @Test("A random order gives all rows")
    func random() throws {
        let query = RecordQuery(
            table: "user", condition: nil, sort: [.init(field: "id", direction: .random)], output: ["id"], parameterCount: 0)
        guard case .array(let found) = try Self.store().records.query(query, parameters: []) else { return }
        #expect(Set(found.map { JSON.text($0) }).count == 3)
    }

    @Test(
        "The order may be asked for at run time",
        arguments: [
            (["name": "desc"], [3, 2, 1]), ([["sortBy": "name", "orderBy": "desc"]], [3, 2, 1]),
            ([["sortBy": "user.age", "orderBy": "ASC"]], [3, 1, 2]), (nil, [1, 2, 3]), ("", [1, 2, 3]), ([], [1, 2, 3]),
        ] as [(Value, [Int64])])
    func computedSort(order: Value, ids: [Int64]) throws {
        let query = RecordQuery(table: "user", condition: nil, sortParameter: 0, output: ["id"], parameterCount: 1)
        let found = try Self.store().records.query(query, parameters: [order])
        #expect(found == .array(ids.map { ["id": .integer($0)] }))
    }

    @Test(
        "An order by what is no column, or of another form, is an input error and never reaches SQL",
        arguments: [
            ["id; DROP TABLE user": "asc"], ["id": "asc; DROP TABLE user"], ["\"id\"": "asc"], ["rowid": "asc"],
            ["sqlite_schema.name": "asc"], [["sortBy": "nam", "orderBy": "asc"]], 5, [5], "name", ["name": 1],
            ["comment.id": "asc"], ["": "asc"], [".": "asc"], ["id.": "asc"],
            .array(Array(repeating: ["id": "asc"], count: 33)),
        ] as [Value])
    func foreignSort(order: Value) throws {
        let store = try Self.store()
        let query = RecordQuery(table: "user", condition: nil, sortParameter: 0, parameterCount: 1)
        let error = try stackError { try store.records.query(query, parameters: [order]) }
        #expect(error.kind == .inputError)
        #expect(error.payload == ["param": "sort"])
        #expect(try store.records.has("user", field: "id", value: 3))
    }

    // MARK: Joins and evaluated fields

    @Test(
        "Joins add evaluated fields to the rows of the query's table",
        arguments: [
            (.inner, [["id": 1, "by": "Ada"], ["id": 2, "by": "Bob"], ["id": 3, "by": "Ada"]]),
            (.left, [["id": 1, "by": "Ada"], ["id": 2, "by": "Bob"], ["id": 3, "by": "Ada"], ["id": 4, "by": nil]]),
            (.right, [["id": nil, "by": "Cem"], ["id": 1, "by": "Ada"], ["id": 2, "by": "Bob"], ["id": 3, "by": "Ada"]]),
        ] as [(RecordQuery.JoinKind, Value)])
    func joins(kind: RecordQuery.JoinKind, expected: Value) throws {
        let query = RecordQuery(
            table: "comment", condition: nil,
            joins: [.init(alias: "writer", table: "user", kind: kind,
                condition: Self.equal(Self.column("comment", "user_id"), Self.column("writer", "id")))],
            evaluated: [("by", Self.column("writer", "name"))], output: ["id", "by"], parameterCount: 0)
        #expect(try Self.store().records.query(query, parameters: []) == expected)
    }

    @Test("Parameters in eval, join and where are each bound where they belong")
    func parametersEverywhere() throws {
        let joined = Condition.and(Self.onUser, Self.equal(Self.column("user", "name"), .parameter(2)))
        let query = RecordQuery(
            table: "comment", condition: Self.equal(Self.column("comment", "body"), .parameter(0)),
            joins: [.init(alias: "user", table: "user", kind: .inner, condition: joined)],
            evaluated: [("said", .arithmetic(.concatenate, Self.column("comment", "body"), .parameter(1)))],
            output: ["said"], parameterCount: 3)
        let found = try Self.store().records.query(query, parameters: ["three", "!", "Ada"])
        #expect(found == [["said": "three!"]])
    }

    @Test("An evaluated field takes the place of a column of its name, and keeps the type of what it is")
    func evaluated() throws {
        let query = RecordQuery(
            table: "comment", condition: nil,
            evaluated: [
                ("body", .filter("to_upper", Self.column("comment", "body"), [])),
                ("meta2", Self.column("comment", "meta")), ("stars", Self.column("comment", "meta", "stars")),
                ("known", Self.equal(Self.column("comment", "user_id"), .parameter(0))),
            ], result: .single, output: ["body", "meta2", "stars", "known"], parameterCount: 1)
        let found = try Self.store().records.query(query, parameters: [1])
        #expect(found == ["body": "ONE", "meta2": ["stars": 3, "by": ["name": "x", "role": "y"]], "stars": 3, "known": true])
    }

    @Test("Output names fields, and members of what a column holds")
    func output() throws {
        let store = try Self.store()
        let query = RecordQuery(
            table: "comment", condition: nil, result: .single, output: ["meta.by.role", "items.id", "meta.stars"],
            parameterCount: 0)
        #expect(try store.records.query(query, parameters: []) == ["id": 1, "meta": ["stars": 3, "by": ["role": "y"]]])
        #expect(try store.records.get("comment", field: "id", value: 1, output: ["body"]) == ["body": "one"])
    }

    // MARK: Cost

    @Test(
        "What has an index is found by it, also where other comparisons were left out",
        arguments: [
            (.comparison(.equal, column("comment", "user_id"), .parameter(0), ignoresNull: false), [], "USING INDEX"),
            (.comparison(.equal, column("comment", "user_id"), .parameter(0), ignoresNull: true), [], "USING INDEX"),
            (.comparison(.contained, column("comment", "user_id"), .parameter(1), ignoresNull: true), [], "USING INDEX"),
            (.comparison(.equal, column("comment", "id"), .parameter(0), ignoresNull: false), [], "USING INTEGER PRIMARY KEY"),
            (.comparison(.equal, column("comment", "user_id"), .parameter(2), ignoresNull: false), [], "USING INDEX"),
            (.parameter(0), [.init(field: "user_id", direction: .descending)], "USING INDEX"),
            (.and(.comparison(.equal, column("comment", "user_id"), .parameter(0), ignoresNull: false),
                .comparison(.equal, column("comment", "body"), .parameter(2), ignoresNull: true)), [], "USING INDEX"),
        ] as [(Condition, [RecordQuery.Sort], String)])
    func indexes(condition: Condition, sort: [RecordQuery.Sort], expected: String) throws {
        let store = try Self.store()
        let query = RecordQuery(table: "comment", condition: condition, sort: sort, parameterCount: 3)
        let parameters: [Value] = [1, [1, 2], nil]
        let variant = try QueryPlan(query, schema: store.plans.schema).variant(parameters, order: nil)
        let plan = try store.connection.statement("EXPLAIN QUERY PLAN " + variant.rows.sql.text).map { $0.string(3) }
        #expect(plan.contains { $0.contains(expected) }, "\(plan)")
        // What several values find has to be put in order.
        let isList = if case .comparison(.contained, _, _, _) = condition { true } else { false }
        #expect(isList || !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test("A result that outgrows its bound ends the run instead of the process")
    func outgrown() throws {
        let store = try Self.store()
        let records = store.records
        records.maximumResult = 300
        let query = RecordQuery(table: "comment", condition: nil, parameterCount: 0)
        let error = try stackError { try records.query(query, parameters: []) }
        #expect(error.kind == .bound("memory"))
    }

    // MARK: Before it runs

    @Test(
        "What the store could not run is refused when the workspace is loaded, with the nearest name",
        arguments: [
            (RecordQuery(table: "usr", condition: nil, parameterCount: 0), "There is no table \"usr\"", "user"),
            (RecordQuery(table: "user", condition: column("user", "nam"), parameterCount: 0), "no column \"nam\"", "name"),
            (RecordQuery(table: "user", condition: column("x", "name"), parameterCount: 0), "neither a table nor a join", nil),
            (RecordQuery(table: "user", condition: column("user", "name", "a"), parameterCount: 0), "of type text", nil),
            (RecordQuery(table: "user", condition: nil, sort: [.init(field: "ag", direction: .ascending)], parameterCount: 0), "\"ag\"", "age"),
            (RecordQuery(table: "user", condition: nil, joins: [.init(alias: "user", table: "comment", kind: .inner, condition: nil)], parameterCount: 0), "name of another", "own"),
            (RecordQuery(table: "user", condition: .filter("search_rank", column("user", "name"), [.parameter(0)]), parameterCount: 1), "full-text", nil),
            (RecordQuery(table: "user", condition: .filter("cosine_distance", column("user", "name"), [.parameter(0)]), parameterCount: 1), "vectors", nil),
            (RecordQuery(table: "user", condition: .filter("to_lwer", column("user", "name"), []), parameterCount: 0), "no filter", "to_lower"),
            (RecordQuery(table: "user", condition: .filter("to_lower", column("user", "name"), [.parameter(0)]), parameterCount: 1), "0 arguments", nil),
            (RecordQuery(table: "comment", condition: column("comment", "meta", "a\"b"), parameterCount: 0), "quote", nil),
        ] as [(RecordQuery, String, String?)])
    func problems(query: RecordQuery, message: String, remedy: String?) throws {
        let schema = WorkspaceSchema(constructs: [Self.user.construct, Self.comment.construct])
        let problem = try #require(schema.problem(of: query))
        #expect(problem.message.contains(message))
        if let remedy { #expect(problem.remedy?.contains(remedy) == true) }
        #expect(throws: StackError.self) { try Self.store().records.query(query, parameters: ["x"]) }
    }

    @Test("A chain of conditions may be long, and one inside the other goes as deep as SQLite can")
    func deepConditions() throws {
        let store = try Self.store()
        let leaf = Self.equal(Self.column("user", "age"), .parameter(0))
        let chain = (0..<350).reduce(leaf) { chain, _ in .or(chain, leaf) }
        let query = RecordQuery(table: "user", condition: .not(.not(chain)), result: .count, parameterCount: 1)
        #expect(try store.records.query(query, parameters: [36]) == 1)
        // The deepest that is let through must be one that SQLite takes, whatever it is made of.
        let age = Self.column("user", "age")
        let shapes: [(Condition) -> Condition] = [
            { .and(.or($0, leaf), leaf) },
            { .or(.and($0, .comparison(.contains, .parameter(0), age, ignoresNull: true)), leaf) },
        ]
        let operands: [(Condition) -> Condition] = [
            { .filter("to_lower", $0, []) }, { .filter("coalesce", .parameter(0), [$0]) },
            { .filter("concat", $0, [.parameter(0)]) }, { .filter("round", .parameter(0), [$0]) },
            { .arithmetic(.divide, .parameter(0), $0) }, { .list([.parameter(0), $0]) },
        ]
        let comparisons: [RecordQuery.Comparison] = [.less, .contains, .jsonContains]
        func check(_ name: String, _ shape: (Condition) -> Condition, _ start: Condition, _ whole: (Condition) -> Condition) {
            var condition = start
            var accepted = 0
            for _ in 0..<20 {
                condition = shape(condition)
                let query = RecordQuery(
                    table: "user", condition: whole(condition),
                    joins: [.init(alias: "comment", table: "comment", kind: .left, condition: Self.onUser)],
                    result: .count, parameterCount: 1)
                if store.plans.schema.problem(of: query) != nil { break }
                accepted += 1
                #expect(throws: Never.self, "\(name), depth \(accepted)") {
                    _ = try store.records.query(query, parameters: [36])
                }
            }
            #expect(accepted > 2 && accepted < 20, "\(name)")
        }
        for (number, shape) in shapes.enumerated() { check("condition \(number)", shape, leaf) { $0 } }
        for (number, shape) in operands.enumerated() {
            for comparison in comparisons {
                check("operand \(number) of \(comparison)", shape, age) {
                    .comparison(comparison, $0, $0, ignoresNull: true)
                }
            }
        }
        #expect(store.plans.schema.problem(
            of: RecordQuery(table: "user", condition: Self.equal(age, leaf), parameterCount: 1)) != nil)
    }
}
