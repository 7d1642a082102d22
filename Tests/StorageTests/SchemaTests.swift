import Storage
import Testing

@Suite("A database")
struct SchemaTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let first = Schema("things", steps: ["CREATE TABLE postern_thing (a)"])
    private let second = Schema(
        "things",
        steps: ["CREATE TABLE postern_thing (a)", "ALTER TABLE postern_thing ADD COLUMN b; INSERT INTO postern_thing VALUES (1, 2)"])

    private func open(_ options: Connection.Options? = nil) throws -> Connection {
        try Connection(options ?? .serve(folder.file()))
    }

    private func reason(_ body: () throws -> Void) -> SchemaError.Reason? {
        #expect(throws: SchemaError.self, performing: body)?.reason
    }

    @Test("takes each step of a schema once")
    func migrates() throws {
        try open().prepare(workspace: "shop", schemas: [first])
        try open().prepare(workspace: "shop", schemas: [second])
        try open().prepare(workspace: "shop", schemas: [second])
        let connection = try open()
        #expect(try connection.statement("SELECT count(*) FROM postern_thing WHERE b = 2").first { $0.integer(0) } == 1)
        #expect(try connection.workspaceName() == "shop")
    }

    @Test("writes nothing when there is nothing to do")
    func isQuiet() throws {
        let connection = try open()
        try connection.prepare(workspace: "shop", schemas: [first])
        let other = try open()
        try other.transaction {
            // Holds the write lock: a preparation that wrote would have to wait.
            try connection.prepare(workspace: "shop", schemas: [first])
            try connection.prepare(workspace: nil, schemas: [first])
        }
    }

    @Test("takes the steps of all schemas, or none")
    func isAtomic() throws {
        let broken = Schema("others", steps: ["CREATE TABLE postern_other (a)", "no SQL"])
        let connection = try open()
        #expect(throws: DatabaseError.self) { try connection.prepare(workspace: "shop", schemas: [first, broken]) }
        #expect(try connection.statement("SELECT count(*) FROM sqlite_schema").first { $0.integer(0) } == 0)
        try connection.prepare(workspace: "shop", schemas: [first])
    }

    @Test("of a newer Postern is refused")
    func refusesNewer() throws {
        try open().prepare(workspace: "shop", schemas: [second])
        let connection = try open()
        #expect(
            reason { try connection.prepare(workspace: "shop", schemas: [first]) }
                == .newer(schema: "things", found: 2, known: 1))
    }

    @Test("of another workspace is refused")
    func refusesOtherWorkspace() throws {
        try open().prepare(workspace: "shop", schemas: [first])
        let connection = try open()
        #expect(
            reason { try connection.prepare(workspace: "forum", schemas: [second]) }
                == .otherWorkspace(found: "shop", asked: "forum"))
        #expect(try connection.statement("SELECT version FROM postern_schema").first { $0.integer(0) } == 1)
    }

    @Test("of another program is refused", arguments: ["CREATE TABLE notes (x)", "PRAGMA application_id=7"])
    func refusesOtherProgram(script: String) throws {
        try open().execute(script)
        let connection = try open()
        #expect(reason { try connection.prepare(workspace: "shop", schemas: [first]) } == .otherProgram)
    }

    @Test("that is only read is checked and not changed")
    func readOnly() throws {
        let writing = try open()
        let empty = try open(.reader(folder.file()))
        #expect(reason { try empty.prepare(workspace: "shop", schemas: [first]) } == .outdated(schema: "things"))
        try writing.prepare(workspace: "shop", schemas: [first])
        let connection = try open(.reader(folder.file()))
        try connection.prepare(workspace: "shop", schemas: [first])
        #expect(reason { try connection.prepare(workspace: "shop", schemas: [second]) } == .outdated(schema: "things"))
    }
}
