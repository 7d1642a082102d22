import FunctionStack
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Conditions of a query")
struct ConditionTests {
    typealias Condition = RecordQuery.Condition

    static let item = TableSource(
        "item", .id, .make("text", "name"), .make("decimal", "price", nullable: true), .make("int", "stock"),
        .make("bool", "active"), .make("text[]", "tags", nullable: true), .make("json", "meta", nullable: true),
        .make("timestamp", "seen", nullable: true), .make("date", "born", nullable: true),
        .make("text", "note", nullable: true), .make("int[]", "sizes", optional: true),
        indexes: [.make("btree", "name")])

    static let rows: [Value] = [
        [
            "name": "Apple", "price": 1.5, "stock": 10, "active": true, "tags": ["fruit", "red"],
            "meta": ["a": 1, "b": ["c": "x"], "list": [1, 2]], "seen": 1000, "born": "2024-01-31", "note": "50% off",
            "sizes": [1, 2],
        ],
        [
            "name": "banana", "price": 0.25, "stock": 0, "active": false, "tags": ["fruit"],
            "meta": ["a": "1", "b": ["c": "y"]], "seen": 2000, "born": "2025-06-01", "note": "a_b", "sizes": [2, 3],
        ],
        [
            "name": "Ünïcode", "price": 100, "stock": -5, "active": true, "tags": [], "meta": [1, 2, 3], "seen": 3000,
            "born": "2023-12-31", "note": "", "sizes": [],
        ],
        [
            "name": "null", "price": nil, "stock": 7, "active": false, "tags": nil, "meta": nil, "seen": nil, "born": nil,
            "note": nil,
        ],
        [
            "name": "it's; DROP TABLE item;--", "price": 3, "stock": 9_007_199_254_740_993, "active": true,
            "tags": ["a,b", "\"q\""], "meta": "text", "seen": 4000, "born": "2026-01-01", "note": "axb",
        ],
    ]

    /// The ids of the rows for which the condition is true.
    static func ids(_ condition: Condition, _ parameters: [Value] = []) throws -> [Int64] {
        let store = try TestStore(item, inMemory: true)
        _ = try store.records.bulkAdd("item", items: rows)
        let query = RecordQuery(table: "item", condition: condition, parameterCount: parameters.count)
        guard case .array(let found) = try store.records.query(query, parameters: parameters) else { return [] }
        return found.compactMap { if case .integer(let id) = $0["id"] { id } else { nil } }
    }

    static func column(_ name: String, _ path: String...) -> Condition {
        .column(table: "item", name: name, path: path)
    }

    /// A column compared with one parameter.
    struct Row: Sendable, CustomTestStringConvertible {
        let column: String
        let operation: RecordQuery.Comparison
        let value: Value
        let ids: [Int64]

        init(_ column: String, _ operation: RecordQuery.Comparison, _ value: Value, _ ids: [Int64]) {
            self.column = column
            self.operation = operation
            self.value = value
            self.ids = ids
        }

        var testDescription: String { "\(column) \(operation) \(JSON.text(value).string)" }
    }

    @Test("A column is compared with a value", arguments: ConditionTests.comparisons)
    func comparison(row: Row) throws {
        let path = row.column.split(separator: ".").map(String.init)
        let column = Condition.column(table: "item", name: path[0], path: Array(path.dropFirst()))
        let found = try Self.ids(
            .comparison(row.operation, column, .parameter(0), ignoresNull: false), [row.value])
        #expect(found == row.ids)
    }

    @Test("Under `!` a comparison is the opposite one, and null is still neither", arguments: ConditionTests.comparisons)
    func negation(row: Row) throws {
        // Nothing is true of null, nor of its opposite, but for the question whether it is null.
        guard row.value != .null else { return }
        let path = row.column.split(separator: ".").map(String.init)
        let column = Condition.column(table: "item", name: path[0], path: Array(path.dropFirst()))
        let positive = try Set(
            Self.ids(.comparison(row.operation, column, .parameter(0), ignoresNull: false), [row.value]))
        let negative = try Set(
            Self.ids(.not(.comparison(row.operation, column, .parameter(0), ignoresNull: false)), [row.value]))
        #expect(positive.isDisjoint(with: negative))
        let isNull = try Set(Self.ids(.comparison(.equal, column, .parameter(0), ignoresNull: false), [nil]))
        #expect(negative.isDisjoint(with: isNull))
        if path.count == 1, row.operation != .less, row.operation != .greater {
            #expect(positive.union(negative).union(isNull) == [1, 2, 3, 4, 5])
        }
    }

    @Test(
        "`==?` and its kind leave a comparison with null out",
        arguments: [RecordQuery.Comparison.equal, .notEqual, .greaterOrEqual, .contained, .includes, .like, .between])
    func ignoringNull(operation: RecordQuery.Comparison) throws {
        let condition = Condition.comparison(operation, Self.column("name"), .parameter(0), ignoresNull: true)
        #expect(try Self.ids(condition, [nil]) == [1, 2, 3, 4, 5])
        #expect(try Self.ids(.not(condition), [nil]) == [])
        #expect(try Self.ids(.comparison(.equal, Self.column("name"), .parameter(0), ignoresNull: true), ["Apple"]) == [1])
    }

    @Test("A parameter beyond the 64 that are watched for null means the same")
    func manyParameters() throws {
        let parameters = [Value](repeating: 1, count: 80) + [nil, "Apple"]
        let equal = { (ignoresNull: Bool, number: Int, column: String) in
            Condition.comparison(.equal, Self.column(column), .parameter(number), ignoresNull: ignoresNull)
        }
        #expect(try Self.ids(equal(true, 80, "note"), parameters) == [1, 2, 3, 4, 5])
        #expect(try Self.ids(.not(equal(true, 80, "note")), parameters) == [])
        #expect(try Self.ids(equal(false, 80, "note"), parameters) == [4])
        #expect(try Self.ids(.not(equal(false, 80, "note")), parameters) == [1, 2, 3, 5])
        #expect(try Self.ids(equal(true, 81, "name"), parameters) == [1])
        #expect(try Self.ids(.not(equal(true, 81, "name")), parameters) == [2, 3, 4, 5])
    }

    @Test("`&&`, `||` and `!` combine, and a bool column is a condition by itself")
    func logic() throws {
        let active = Self.column("active")
        let dear = Condition.comparison(.greater, Self.column("price"), .parameter(0), ignoresNull: false)
        #expect(try Self.ids(active) == [1, 3, 5])
        #expect(try Self.ids(.not(active)) == [2, 4])
        #expect(try Self.ids(.and(active, dear), [2]) == [3, 5])
        #expect(try Self.ids(.or(active, dear), [2]) == [1, 3, 5])
        #expect(try Self.ids(.not(.and(active, dear)), [2]) == [1, 2, 4])
        #expect(try Self.ids(.not(.or(active, dear)), [2]) == [2])
        #expect(try Self.ids(.parameter(0), [true]) == [1, 2, 3, 4, 5])
        #expect(try Self.ids(.and(active, .parameter(0)), ["0"]) == [])
        #expect(try Self.ids(.not(.parameter(0)), [[]]) == [1, 2, 3, 4, 5])
    }

    @Test("Columns are compared with columns, with arithmetic over them, and with what filters make of them")
    func expressions() throws {
        let price = Self.column("price")
        let stock = Self.column("stock")
        #expect(try Self.ids(.comparison(.greater, price, stock, ignoresNull: false)) == [2, 3])
        let doubled = Condition.arithmetic(.multiply, price, .parameter(0))
        #expect(try Self.ids(.comparison(.equal, doubled, .parameter(1), ignoresNull: false), [2, 3]) == [1])
        let added = Condition.filter("add", stock, [.parameter(0)])
        #expect(try Self.ids(.comparison(.equal, added, .parameter(1), ignoresNull: false), [5, 0]) == [3])
        let divided = Condition.filter("div", stock, [.parameter(0)])
        #expect(try Self.ids(.comparison(.equal, divided, .parameter(1), ignoresNull: false), [4, 2.5]) == [1])
        let joined = Condition.arithmetic(.concatenate, Self.column("name"), .parameter(0))
        #expect(try Self.ids(.comparison(.equal, joined, .parameter(1), ignoresNull: false), ["!", "Apple!"]) == [1])
        let note = Condition.filter("coalesce", Self.column("note"), [.parameter(0)])
        #expect(try Self.ids(.comparison(.equal, note, .parameter(1), ignoresNull: false), ["none", "none"]) == [4])
        let length = Condition.filter("length", Self.column("tags"), [])
        #expect(try Self.ids(.comparison(.greaterOrEqual, length, .parameter(0), ignoresNull: false), [2]) == [1, 5])
        let later = Condition.arithmetic(.add, Self.column("seen"), .parameter(0))
        #expect(try Self.ids(.comparison(.greater, later, .parameter(1), ignoresNull: false), [1000, 4000]) == [5])
    }

    @Test("The language's own filters work on columns, and null stays null")
    func languageFilters() throws {
        for (name, value) in [("to_lower", "ünïcode"), ("upper", "ÜNÏCODE"), ("lower", "ünïcode")] {
            let filtered = Condition.filter(name, Self.column("name"), [])
            #expect(try Self.ids(.comparison(.equal, filtered, .parameter(0), ignoresNull: false), [.text(value)]) == [3])
        }
        let start = Condition.filter("substr", Self.column("name"), [.parameter(0), .parameter(1)])
        #expect(try Self.ids(.comparison(.equal, start, .parameter(2), ignoresNull: false), [0, 2, "Ün"]) == [3])
        let rounded = Condition.filter("round", Self.column("price"), [.parameter(0)])
        #expect(try Self.ids(.comparison(.equal, rounded, .parameter(1), ignoresNull: false), [1, 0.3]) == [2])
        let lowered = Condition.filter("to_lower", Self.column("note"), [])
        #expect(try Self.ids(.comparison(.notEqual, lowered, .parameter(0), ignoresNull: false), ["x"]) == [1, 2, 3, 5])
    }

    @Test("`in` and `between` take lists of expressions as well")
    func lists() throws {
        let name = Self.column("name")
        let list = Condition.list([.parameter(0), .parameter(1), .parameter(2)])
        #expect(try Self.ids(.comparison(.contained, name, list, ignoresNull: false), ["Apple", nil, "null"]) == [1, 4])
        #expect(try Self.ids(.comparison(.notContained, name, list, ignoresNull: false), ["Apple", nil, "x"]) == [2, 3, 4, 5])
        let range = Condition.list([.parameter(0), .parameter(1)])
        #expect(try Self.ids(.comparison(.between, Self.column("stock"), range, ignoresNull: false), [0, "7"]) == [2, 4])
        #expect(try Self.ids(.comparison(.notBetween, Self.column("stock"), range, ignoresNull: false), [0, 10]) == [3, 5])
        let own = Condition.comparison(.contained, .parameter(0), Self.column("tags"), ignoresNull: false)
        #expect(try Self.ids(own, ["red"]) == [1])
    }

    @Test("A value that has no place in a column's order is an input error; equal to nothing it may be")
    func noPlace() throws {
        let less = Condition.comparison(.less, Self.column("stock"), .parameter(0), ignoresNull: false)
        #expect(try stackError { try Self.ids(less, ["many"]) }.kind == .inputError)
        let equal = Condition.comparison(.equal, Self.column("stock"), .parameter(0), ignoresNull: false)
        #expect(try Self.ids(equal, ["many"]) == [])
        let between = Condition.comparison(.between, Self.column("stock"), .parameter(0), ignoresNull: false)
        #expect(try stackError { try Self.ids(between, [[1]]) }.kind == .inputError)
    }

    @Test("A pattern that would be matched for ever ends the run")
    func endless() throws {
        struct Letter: WildcardPart {
            let isAny: Bool
            func matches(_ element: Character) -> Bool { element == "a" }
        }
        let pattern = [Letter(isAny: true)] + Array(repeating: Letter(isAny: false), count: 50) + [Letter(isAny: true)]
        let text = Array(repeating: Array("a" + String(repeating: "a", count: 48) + "b"), count: 40).flatMap(\.self)
        #expect(try pattern.matches(text, maximumSteps: 100_000) == false)
        #expect(try stackError { try pattern.matches(text, maximumSteps: 1_000) }.kind == .bound("steps"))
    }

    @Test("What a function of SQL throws is the stack's error")
    func malformedPattern() throws {
        let matches = Condition.comparison(.matches, Self.column("name"), .parameter(0), ignoresNull: false)
        #expect(throws: StackError.self) { try Self.ids(matches, ["("]) }
    }
}
