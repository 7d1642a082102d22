import Foundation
import Storage
import Testing

@Suite("A connection")
struct ConnectionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("creates the database and what lies beside it readable by its owner alone")
    func createsPrivately() throws {
        let connection = try Connection(.serve(folder.file()))
        try connection.execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        for name in ["events.sqlite", "events.sqlite-wal", "events.sqlite-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test("writes ahead, with pages of 4096 bytes, synced")
    func pragmas() throws {
        let connection = try Connection(.serve(folder.file()))
        let expected: [(String, String)] = [
            ("journal_mode", "wal"), ("page_size", "4096"), ("synchronous", "2"), ("cache_size", "-8192"),
            ("wal_autocheckpoint", "4000"), ("trusted_schema", "0"), ("busy_timeout", "2000"),
        ]
        for (name, value) in expected {
            let found = try connection.statement("PRAGMA \(name)").first { $0.string(0) }
            #expect(found == value, "\(name)")
        }
    }

    @Test("of one request keeps the log short and leaves it when it closes")
    func requestOptions() throws {
        var connection: Connection? = try Connection(.request(folder.file()))
        let pages = try connection?.statement("PRAGMA wal_autocheckpoint").first { $0.integer(0) }
        #expect(pages == 200)
        try connection?.execute("CREATE TABLE t (x)")
        connection = nil
        #expect(FileManager.default.fileExists(atPath: folder.file("events.sqlite-wal")))
    }

    @Test("does not let a schema be written directly, nor take a string in double quotes")
    func isDefensive() throws {
        let connection = try Connection(.serve(folder.file()))
        try connection.execute("CREATE TABLE t (x)")
        try? connection.execute("PRAGMA writable_schema=ON")
        #expect(throws: DatabaseError.self) { try connection.execute("UPDATE sqlite_schema SET sql = ''") }
        #expect(throws: DatabaseError.self) { try connection.execute(#"SELECT "no column""#) }
    }

    @Test("undoes a transaction that throws and keeps one that does not")
    func transactions() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (x)")
        try connection.transaction { try connection.execute("INSERT INTO t VALUES (1)") }
        let failing = {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(throws: Stop.self, performing: failing)
        #expect(try connection.statement("SELECT group_concat(x) FROM t").first { $0.string(0) } == "1")
        #expect(connection.isAutocommit)
    }

    @Test("undoes an inner savepoint and keeps what lies around it")
    func savepoints() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (x)")
        try connection.transaction {
            try connection.savepoint {
                try connection.execute("INSERT INTO t VALUES (1)")
                #expect(throws: Stop.self) {
                    try connection.savepoint {
                        try connection.execute("INSERT INTO t VALUES (2)")
                        try connection.savepoint { try connection.execute("INSERT INTO t VALUES (3)") }
                        throw Stop()
                    }
                }
                try connection.execute("INSERT INTO t VALUES (4)")
            }
        }
        #expect(try connection.statement("SELECT group_concat(x) FROM t").first { $0.string(0) } == "1,4")
    }

    @Test("whose transaction SQLite gave up runs nothing more until its owner has taken note")
    func lostTransaction() throws {
        let connection = try Connection(.memory)
        try connection.execute("CREATE TABLE t (x); PRAGMA max_page_count=20")
        let write = { try connection.execute("INSERT INTO t VALUES ('after')") }
        let step = { try connection.statement("INSERT INTO t VALUES ('after')").run() }
        let run = {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES ('before')")
                for _ in 0..<3 {
                    // As a stack would that catches its errors: it must not write outside of the transaction.
                    do {
                        try connection.savepoint { try connection.execute("INSERT INTO t VALUES (zeroblob(200000))") }
                    } catch {
                        #expect((error as? DatabaseError)?.isFull == true)
                    }
                    #expect(connection.lostTransaction?.isFull == true)
                    #expect(throws: DatabaseError.self, performing: write)
                    #expect(throws: DatabaseError.self, performing: step)
                }
            }
        }
        #expect(throws: DatabaseError.self, performing: run)
        #expect(connection.lostTransaction == nil)
        #expect(try connection.statement("SELECT count(*) FROM t").first { $0.integer(0) } == 0)
        try connection.transaction { try connection.execute("INSERT INTO t VALUES (1)") }
    }

    @Test("is interrupted by its progress handler")
    func progress() throws {
        let connection = try Connection(.memory)
        var calls = 0
        connection.setProgressHandler(every: 1000) {
            calls += 1
            return calls == 5
        }
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        let error = #expect(throws: DatabaseError.self) { try connection.statement(endless).run() }
        #expect(error?.isInterrupt == true)
        #expect(calls == 5)
        connection.removeProgressHandler()
        #expect(try connection.statement("SELECT 1").first { $0.integer(0) } == 1)
    }
}

struct Stop: Error {}
