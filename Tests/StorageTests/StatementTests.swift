import Storage
import Testing
import Values

@Suite("A statement")
struct StatementTests {
    let connection: Connection

    init() throws {
        connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (a, b)")
    }

    static let texts: [Text] = [
        "", "a", Text(bytes: [0]), Text(bytes: [0x61, 0, 0x62]), Text(bytes: [0xff, 0xfe, 0]), "ß \u{1F30D}",
        Text(String(repeating: "x", count: 255)), Text(String(repeating: "x", count: 256)),
        Text(String(repeating: "é", count: 100_000)), Text(bytes: Array(repeating: 0x80, count: 5000)),
    ]

    @Test("gives back the text it was bound to, byte for byte, as text and as bytes", arguments: texts)
    func textRoundTrip(text: Text) throws {
        let statement = try connection.statement("SELECT ?1, typeof(?1), ?2, typeof(?2)")
        statement.bind(1, text)
        statement.bind(2, bytes: text.bytes)
        let row = try #require(
            try statement.first { row in
                (text: row.text(0), type: row.string(1), bytes: row.bytes(2), blob: row.string(3), value: row.value(0))
            })
        #expect(row.text == text)
        #expect(row.value == .text(text))
        #expect(row.type == "text")
        #expect(row.bytes == text.bytes)
        #expect(row.blob == "blob")
    }

    @Test(
        "gives back each scalar as it was bound",
        arguments: [.null, .integer(.min), .integer(.max), 0, 1.5, .decimal(-0.1), "text"] as [Value])
    func valueRoundTrip(value: Value) throws {
        let statement = try connection.statement("SELECT ?1")
        statement.bind(1, value)
        #expect(try statement.first { $0.value(0) } == value)
    }

    @Test("stores a boolean as a number")
    func booleans() throws {
        let statement = try connection.statement("SELECT ?1, ?2")
        statement.bind(1, Value.boolean(true))
        statement.bind(2, false)
        let values = try statement.first { [$0.value(0), $0.value(1)] }
        #expect(values == [1, 0])
    }

    @Test("refuses what no column can hold, and a parameter that it has not")
    func refusesBindings() throws {
        let statement = try connection.statement("SELECT ?1")
        statement.bind(1, Value.array([1]))
        #expect(throws: DatabaseError.self) { try statement.run() }
        statement.bind(7, Int64(1))
        #expect(throws: DatabaseError.self) { try statement.run() }
        statement.bind(1, Int64(5))
        #expect(try statement.first { $0.integer(0) } == 5)
    }

    @Test("forgets its bindings after each run", arguments: [3, 300])
    func forgetsBindings(length: Int) throws {
        let statement = try connection.statement("SELECT ?1 IS NULL, ?2 IS NULL")
        statement.bind(1, String(repeating: "s", count: length))
        statement.bind(2, bytes: Array(repeating: 1, count: length))
        #expect(try statement.first { $0.integer(0) + $0.integer(1) } == 0)
        #expect(try statement.first { $0.integer(0) + $0.integer(1) } == 2)
        statement.bind(1, String(repeating: "s", count: length))
        #expect(throws: Stop.self) { try statement.forEach { _ in throw Stop() } }
        #expect(try statement.first { $0.integer(0) + $0.integer(1) } == 2)
    }

    @Test("can be run again inside its own rows")
    func nests() throws {
        try connection.execute("INSERT INTO t VALUES (1, 2), (3, 4)")
        let sql = SQL("SELECT a FROM t ORDER BY a")
        var pairs: [[Int64]] = []
        try connection.statement(sql).forEach { outer in
            let first = outer.integer(0)
            try connection.statement(sql).forEach { pairs.append([first, $0.integer(0)]) }
        }
        #expect(pairs == [[1, 1], [1, 3], [3, 1], [3, 3]])
    }

    @Test("is prepared once, and stays right when many others have been")
    func cache() throws {
        let statements = (0..<2000).map { SQL("SELECT \($0)") }
        for _ in 0..<2 {
            for (number, sql) in statements.enumerated() {
                #expect(try connection.statement(sql).first { $0.integer(0) } == Int64(number))
                #expect(try connection.statement("SELECT -\(number)").first { $0.integer(0) } == -Int64(number))
            }
        }
        let sql = SQL("SELECT 1")
        #expect(try connection.statement(sql) === connection.statement(sql))
    }

    @Test("outlives its connection without harm")
    func outlives() throws {
        var other: Connection? = try Connection(.memory)
        let statement = try other?.statement("SELECT 1")
        other = nil
        #expect(try statement?.first { $0.integer(0) } == 1)
    }

    @Test("tells NULL from empty")
    func columns() throws {
        try connection.statement("SELECT NULL, ''").forEach { row in
            #expect(row.optionalText(0) == nil)
            #expect(row.optionalString(1) == "")
            #expect(row.optionalInteger(0) == nil)
        }
    }

    @Test("that fails says so with its text, never with its values")
    func errorsHideValues() throws {
        try connection.execute("CREATE TABLE u (x TEXT UNIQUE)")
        let error = #expect(throws: DatabaseError.self) {
            for _ in 0..<2 {
                let statement = try connection.statement("INSERT INTO u VALUES (?1)")
                statement.bind(1, "secret-value")
                try statement.run()
            }
        }
        #expect(error?.isUniqueConstraint == true)
        #expect(error?.isOfStorage == false)
        let text = error.map(String.init(describing:)) ?? ""
        #expect(text.contains("INSERT INTO u VALUES (?1)"))
        #expect(!text.contains("secret-value"))
    }

    @Test("that is no SQL, or empty, is an error", arguments: ["SELEC 1", "", "-- nothing", "SELECT 1 FROM nowhere"])
    func badSQL(text: String) {
        #expect(throws: DatabaseError.self) { try connection.statement(text).run() }
    }

    @Test("may call functions of ours, whose errors come back as they were thrown")
    func functions() throws {
        try connection.define("double", argumentCount: 1, isDeterministic: true) { values in
            guard case .integer(let number) = values.first else { throw Stop() }
            return .integer(number * 2)
        }
        #expect(try connection.statement("SELECT double(21)").first { $0.integer(0) } == 42)
        let error = #expect(throws: DatabaseError.self) { try connection.statement("SELECT double('x')").run() }
        #expect(error?.cause is Stop)
        #expect(try connection.statement("SELECT double(1)").first { $0.integer(0) } == 2)
    }

    @Test("gets any text through a function and back", arguments: texts)
    func functionTexts(text: Text) throws {
        try connection.define("same", argumentCount: 1, isDeterministic: true) { $0.first ?? .null }
        let statement = try connection.statement("SELECT same(?1)")
        statement.bind(1, text)
        #expect(try statement.first { $0.text(0) } == text)
    }
}
