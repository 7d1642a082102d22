import Foundation
import Testing
import Values

@testable import Storage

@Suite("Statements that somebody else wrote")
struct RestrictionTests {
    static func connection() throws -> Connection {
        let connection = try Connection(.memory)
        try connection.execute(
            "CREATE TABLE \"Order\" (id INTEGER PRIMARY KEY, x); CREATE INDEX x ON \"Order\" (x); CREATE TABLE postern_events (id); CREATE VIEW all_events AS SELECT * FROM postern_events")
        return connection
    }

    static func run(_ sql: String, mayWrite: Bool = false, on connection: Connection) throws -> [Value] {
        try connection.restricted(to: StatementRules(tables: ["order"], mayWrite: mayWrite), sql) { statement in
            try statement.map { $0.value(0) }
        }
    }

    @Test(
        "may read and write the tables that are named, and no others",
        arguments: [
            ("SELECT count(*) FROM \"order\"", [0], [0]), ("SELECT x FROM main.\"Order\"", [], []),
            ("SELECT 1 UNION SELECT 2", [1, 2], [1, 2]), ("SELECT value FROM json_each('[5]')", [5], [5]),
            ("SELECT atom FROM json_tree('[5]') WHERE atom", [5], [5]),
            ("WITH n(i) AS (VALUES (1), (2)) SELECT count(*) FROM n", [2], [2]),
            ("SELECT count(*) FROM pragma_table_info('order')", nil, nil), ("SELECT count(*) FROM sqlite_schema", nil, nil),
            ("INSERT INTO \"order\" (x) VALUES (1) RETURNING x", nil, [1]), ("UPDATE \"order\" SET x = 2", nil, []),
            ("DELETE FROM \"order\"", nil, []), ("REPLACE INTO \"order\" (id) VALUES (1)", nil, []),
            ("SELECT id FROM postern_events", nil, nil), ("SELECT count(*) FROM postern_events", nil, nil),
            ("SELECT * FROM all_events", nil, nil), ("SELECT (SELECT count(*) FROM postern_events)", nil, nil),
            ("DELETE FROM postern_events", nil, nil), ("INSERT INTO postern_events VALUES (1)", nil, nil),
            ("INSERT INTO \"order\" (x) SELECT id FROM postern_events", nil, nil),
            ("SELECT name FROM sqlite_schema", nil, nil), ("SELECT name FROM sqlite_master", nil, nil),
            ("SELECT * FROM pragma_table_info('order')", nil, nil), ("PRAGMA user_version", nil, nil),
            ("PRAGMA user_version = 5", nil, nil), ("ATTACH ':memory:' AS other", nil, nil), ("DETACH main", nil, nil),
            ("VACUUM", nil, nil), ("VACUUM INTO '/tmp/copy'", nil, nil), ("BEGIN", nil, nil), ("COMMIT", nil, nil),
            ("ROLLBACK", nil, nil), ("SAVEPOINT a", nil, nil), ("CREATE TABLE t (a)", nil, nil),
            ("CREATE TEMP TABLE t (a)", nil, nil), ("CREATE VIEW v AS SELECT 1", nil, nil),
            ("CREATE INDEX i ON \"order\" (x)", nil, nil), ("DROP TABLE \"order\"", nil, nil),
            ("ALTER TABLE \"order\" ADD COLUMN y", nil, nil), ("REINDEX", nil, nil), ("ANALYZE", nil, nil),
            ("CREATE TRIGGER t AFTER INSERT ON \"order\" BEGIN SELECT 1; END", nil, nil),
            ("SELECT load_extension('x')", nil, nil), ("SELECT 1; SELECT 2", nil, nil), ("SELECT 1; nonsense", nil, nil),
            ("SELECT 1; -- and no more", [1], [1]), ("", nil, nil), ("-- nothing", nil, nil),
        ] as [(String, [Value]?, [Value]?)])
    func rules(sql: String, read: [Value]?, written: [Value]?) throws {
        for (mayWrite, expected) in [(false, read), (true, written)] {
            let connection = try Self.connection()
            guard let expected else {
                #expect(throws: DatabaseError.self) { try Self.run(sql, mayWrite: mayWrite, on: connection) }
                continue
            }
            #expect(try Self.run(sql, mayWrite: mayWrite, on: connection) == expected)
        }
    }

    @Test("What was refused leaves the connection as it was, and its own statements do everything")
    func afterwards() throws {
        let connection = try Self.connection()
        let own = SQL("SELECT count(*) FROM postern_events")
        #expect(try connection.statement(own).first { $0.integer(0) } == 0)
        #expect(throws: DatabaseError.self) { try Self.run("SELECT * FROM postern_events", on: connection) }
        #expect(try connection.statement(own).first { $0.integer(0) } == 0)
        try connection.execute("CREATE TABLE other (a); DROP TABLE other; PRAGMA user_version = 3")
        #expect(try Self.run("SELECT 1", on: connection) == [1])
    }

    @Test("A value that outgrows its bound is an error and no memory")
    func length() throws {
        let connection = try Self.connection()
        let error = #expect(throws: DatabaseError.self) {
            try Self.run("SELECT length(zeroblob(1000000000))", on: connection)
        }
        #expect(error?.code.primary == .tooBig)
        #expect(try connection.statement("SELECT length(zeroblob(100000000))").first { $0.integer(0) } == 100_000_000)
    }
}
