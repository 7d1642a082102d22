import Inbox
import Storage
import Testing

/// With processes of their own, that are killed.
@Suite("A process that is killed")
struct CrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("loses no event that it acknowledged, at whatever moment")
    func acknowledged() throws {
        var acknowledged: Set<String> = []
        for round in 1...6 {
            let probe = try Probe(["acknowledge", folder.file()])
            for _ in 0..<(round * 37) { acknowledged.insert(try #require(probe.line())) }
            probe.kill()
            // What it had printed before it died, but nobody had read yet; the last line may be cut.
            acknowledged.formUnion(probe.lines())
        }
        let connection = try Connection(.serve(folder.file()))
        try connection.prepare(workspace: "probe", schemas: [Inbox.schema])
        #expect(try connection.statement("PRAGMA integrity_check").first { $0.string(0) } == "ok")
        let stored = try Set(connection.statement("SELECT id FROM postern_event WHERE state = 2").map { $0.string(0) })
        #expect(acknowledged.count > 700)
        #expect(acknowledged.subtracting(stored).isEmpty)
        #expect(try connection.statement("SELECT count(*) FROM postern_event WHERE state <> 2").first { $0.integer(0) } == 0)
        #expect(
            try connection.statement("SELECT count(*) FROM postern_event").first { $0.integer(0) }
                == connection.statement("SELECT count(*) FROM postern_request").first { $0.integer(0) })
    }

    @Test("lets go of its claim at once, and the event is marked as interrupted")
    func claim() throws {
        let owner = try ClaimOwner(database: folder.file())
        let bench = try Bench(workspaceOf: folder.file(), owner: owner)
        let id = try bench.admit(.make(key: "a"), .queued(answer: .make(202))).id
        let probe = try Probe(["claim", folder.file()])
        #expect(probe.line() == id.text)
        let recover = { try bench.connection.transaction { try bench.inbox.recover(at: 1, on: bench.connection) } }
        #expect(try recover() == 0)
        #expect(try bench.claim() == nil)
        #expect(try bench.admit(.make(key: "a"), .here).duplicate?.state == .running)
        probe.kill()
        #expect(try recover() == 1)
        let again = try #require(try bench.claim())
        #expect(again.wasInterrupted)
        #expect(again.attempt.number == 2)
        // This process holds it now.
        #expect(try recover() == 0)
    }

    @Test("ends its drain: there is one at a time, and the next one may begin")
    func drain() throws {
        let probe = try Probe(["drain", folder.file()])
        #expect(probe.line() == "drain")
        let owner = try ClaimOwner(database: folder.file())
        #expect(try !owner.tryBecomeDrain())
        let second = try Probe(["drain", folder.file()])
        #expect(second.line() == "second")
        probe.kill()
        #expect(try owner.tryBecomeDrain())
        owner.endDrain()
        let third = try Probe(["drain", folder.file()])
        #expect(third.line() == "drain")
    }

    @Test("is not needed to make a database: several that create the same one at once all work")
    func creation() throws {
        for round in 0..<3 {
            let probes = try (0..<6).map { _ in try Probe(["admit", folder.file("\(round).sqlite")]) }
            for probe in probes { #expect(probe.lines() == ["admitted"]) }
        }
    }

    @Test("makes room for nothing: two that take in the same deliveries make one event of each")
    func race() throws {
        let keys = 300
        let probes = try (0..<2).map { _ in try Probe(["race", folder.file(), "\(keys)"]) }
        for probe in probes { #expect(probe.line() == "ready") }
        for probe in probes { probe.write("go") }
        let lines = probes.flatMap { $0.lines() }
        #expect(lines.count == 2 * keys)
        for key in 0..<keys {
            #expect(lines.count { $0 == "new \(key)" } == 1)
            #expect(lines.count { $0 == "duplicate \(key)" } == 1)
        }
    }
}

extension Bench {
    /// Over the file that a probe uses as well.
    init(workspaceOf path: String, owner: ClaimOwner?) throws {
        connection = try Connection(.serve(path))
        try connection.prepare(workspace: "probe", schemas: [Inbox.schema])
        inbox = Inbox(owner: owner)
    }
}
