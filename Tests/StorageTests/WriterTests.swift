import Foundation
import Storage
import Synchronization
import Testing
import Values

@Suite("The writer")
struct WriterTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func writer(_ change: (inout Writer.Options) -> Void = { _ in }) throws -> Writer {
        var options = Writer.Options(.serve(folder.file()))
        change(&options)
        return try Writer(options) { try $0.execute("CREATE TABLE IF NOT EXISTS t (x)") }
    }

    private func stored() throws -> [Int64] {
        try Connection(.reader(folder.file())).statement("SELECT x FROM t ORDER BY rowid").map { $0.integer(0) }
    }

    private static func insert(_ number: Int64, _ connection: Connection) throws {
        let statement = try connection.statement("INSERT INTO t VALUES (?1)")
        statement.bind(1, number)
        try statement.run()
    }

    /// Keeps the writer busy until `release`, so that what is submitted meanwhile makes one batch.
    private final class Gate: Sendable {
        private let entered = DispatchSemaphore(value: 0)
        private let opened = DispatchSemaphore(value: 0)

        init(_ writer: Writer) {
            writer.submit { [entered, opened] _ in
                entered.signal()
                opened.wait()
            } finish: { _ in
            }
            entered.wait()
        }

        func release() { opened.signal() }
    }

    @Test("gives the result of a job, and what it wrote is there for others to read")
    func performs() throws {
        let writer = try writer()
        let row = try writer.perform { connection in
            try Self.insert(7, connection)
            return connection.lastInsertedRow
        }
        #expect(row == 1)
        #expect(try stored() == [7])
    }

    @Test("commits what waits as one transaction, in the order of submission")
    func groups() throws {
        let writer = try writer { $0.longestBatch = .seconds(60) }
        let gate = Gate(writer)
        let seen = Mutex<[Int]>([])
        let done = DispatchGroup()
        for number in 0..<100 as Range<Int64> {
            done.enter()
            writer.submit { [self] connection in
                // What others see while the job runs: it changes with each commit.
                let committed = try stored().count
                seen.withLock { $0.append(committed) }
                try Self.insert(number, connection)
            } finish: { _ in
                done.leave()
            }
        }
        gate.release()
        done.wait()
        #expect(seen.withLock { $0.count } == 100)
        #expect(Set(seen.withLock { $0 }).count <= 2)
        #expect(try stored() == Array(0..<100))
    }

    @Test("takes jobs from many threads, loses none and runs none twice")
    func manySubmitters() throws {
        let writer = try writer()
        let finished = Mutex<[Int64: Int]>([:])
        let done = DispatchGroup()
        for thread in 0..<8 as Range<Int64> {
            for _ in 0..<250 { done.enter() }
            Foundation.Thread.detachNewThread {
                for number in 0..<250 as Range<Int64> {
                    let value = thread * 1000 + number
                    writer.submit { try Self.insert(value, $0) } finish: { _ in
                        finished.withLock { $0[value, default: 0] += 1 }
                        done.leave()
                    }
                }
            }
        }
        done.wait()
        #expect(finished.withLock { $0.count } == 2000)
        #expect(finished.withLock { $0.values.allSatisfy { $0 == 1 } })
        let stored = try stored()
        #expect(stored.count == 2000)
        for thread in 0..<8 as Range<Int64> {
            let own = stored.filter { $0 / 1000 == thread }
            #expect(own == own.sorted())
        }
    }

    @Test("wakes for a job at any moment: one after the other, each is answered")
    func wakesUp() throws {
        let writer = try writer { $0.connection.durability = .commit }
        for number in 0..<2000 as Range<Int64> {
            #expect(try writer.perform(.commit) { _ in number } == number)
        }
    }

    @Test("undoes a job that fails, and only that")
    func failingJob() throws {
        let writer = try writer()
        let gate = Gate(writer)
        let outcomes = Mutex<[Int64: Bool]>([:])
        let done = DispatchGroup()
        for number in 0..<10 as Range<Int64> {
            done.enter()
            writer.submit { connection in
                try Self.insert(number, connection)
                if number % 3 == 0 { throw Stop() }
            } finish: { result in
                outcomes.withLock { $0[number] = (try? result.get()) != nil }
                done.leave()
            }
        }
        gate.release()
        done.wait()
        #expect(try stored() == [1, 2, 4, 5, 7, 8])
        #expect(outcomes.withLock { $0.filter(\.value).keys.sorted() } == [1, 2, 4, 5, 7, 8])
    }

    @Test("tells nobody anything before the commit")
    func tellsAfterCommit() throws {
        let path = folder.file()
        let writer = try writer()
        let gate = Gate(writer)
        let seen = Mutex<[Int]>([])
        let done = DispatchGroup()
        for number in 0..<5 as Range<Int64> {
            done.enter()
            writer.submit { connection in
                try Self.insert(number, connection)
                if number == 2 { throw Stop() }
            } finish: { _ in
                // Another connection sees what is committed.
                let count = try? Connection(.reader(path)).statement("SELECT count(*) FROM t").first { $0.integer(0) }
                seen.withLock { $0.append(Int(count ?? -1)) }
                done.leave()
            }
        }
        gate.release()
        done.wait()
        #expect(seen.withLock { $0 } == [4, 4, 4, 4, 4])
    }

    @Test("commits a batch without syncing only if none of its jobs asks for it")
    func durability() throws {
        let writer = try writer()
        let levels = Mutex<[String]>([])
        let level: @Sendable (Connection) throws -> Void = { connection in
            let level = try connection.statement("PRAGMA synchronous").first { $0.string(0) }
            levels.withLock { $0.append(level ?? "") }
        }
        try writer.perform(.commit, level)
        try writer.perform(.fsync, level)
        try writer.perform(.commit, level)
        let gate = Gate(writer)
        let done = DispatchGroup()
        for wanted in [Durability.commit, .fsync, .commit] {
            done.enter()
            writer.submit(wanted, level) { _ in done.leave() }
        }
        gate.release()
        done.wait()
        #expect(levels.withLock { $0 } == ["1", "2", "1", "2", "2", "2"])
    }

    @Test("finishes what was submitted before it stops, and refuses what comes after")
    func stops() throws {
        let writer = try writer()
        let gate = Gate(writer)
        let finished = Atomic<Int>(0)
        for number in 0..<50 as Range<Int64> {
            writer.submit { try Self.insert(number, $0) } finish: { _ in
                finished.wrappingAdd(1, ordering: .relaxed)
            }
        }
        gate.release()
        writer.stop()
        #expect(finished.load(ordering: .relaxed) == 50)
        #expect(try stored().count == 50)
        #expect(throws: WriterError.stopped) { try writer.perform { _ in } }
        writer.stop()
    }

    @Test("answers every job, also those that meet its stop")
    func stopRace() throws {
        for _ in 0..<20 {
            let writer = try writer { $0.connection.durability = .commit }
            let answered = DispatchGroup()
            for _ in 0..<2 {
                for _ in 0..<50 { answered.enter() }
                Foundation.Thread.detachNewThread {
                    for _ in 0..<50 { writer.submit(.commit) { _ in } finish: { _ in answered.leave() } }
                }
            }
            writer.stop()
            answered.wait()
        }
    }

    @Test("does not start over a database that it cannot use")
    func startFailure() throws {
        #expect(throws: DatabaseError.self) { try Writer(.init(.serve("/nowhere/at/all.sqlite"))) { _ in } }
        #expect(throws: Stop.self) { try Writer(.init(.serve(folder.file()))) { _ in throw Stop() } }
    }

    @Test("runs deep recursion in a job")
    func deepStack() throws {
        @Sendable func depth(_ left: Int, _ buffer: [Int]) -> Int {
            left == 0 ? buffer.count : depth(left - 1, buffer) + 1
        }
        let writer = try writer()
        #expect(try writer.perform { _ in depth(50_000, [1]) } == 50_001)
    }

    @Test("of one process runs each job at once in a transaction of its own")
    func directWriter() throws {
        let writer = try DirectWriter(.request(folder.file())) { try $0.execute("CREATE TABLE t (x)") }
        try writer.perform { try Self.insert(1, $0) }
        #expect(throws: Stop.self) {
            try writer.perform { connection in
                try Self.insert(2, connection)
                throw Stop()
            }
        }
        try writer.perform { try Self.insert(3, $0) }
        #expect(try stored() == [1, 3])
    }
}

@Suite("The write-ahead log")
struct LogTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func writer() throws -> Writer {
        var options = Writer.Options(.serve(folder.file()))
        options.connection.autocheckpoint = 20
        options.connection.durability = .commit
        return try Writer(options) { try $0.execute("CREATE TABLE t (x)") }
    }

    private func pages() throws -> Int {
        let size = try FileManager.default.attributesOfItem(atPath: folder.file("events.sqlite-wal"))[.size] as? Int
        return (size ?? 0) / 4096
    }

    private func write(_ writer: Writer, times: Int) throws {
        for _ in 0..<times {
            try writer.perform(.commit) { try $0.execute("INSERT INTO t VALUES (zeroblob(3000))") }
        }
    }

    @Test("is used again and does not grow")
    func staysSmall() throws {
        let writer = try writer()
        try write(writer, times: 1000)
        #expect(try pages() < 60)
        let count = try writer.perform { try $0.statement("SELECT count(*) FROM t").first { $0.integer(0) } }
        #expect(count == 1000)
    }

    @Test("grows while somebody reads an old state, and is used again after that")
    func oldReader() throws {
        let writer = try writer()
        let reader = try Connection(.reader(folder.file()))
        try reader.reading {
            #expect(try reader.statement("SELECT count(*) FROM t").first { $0.integer(0) } == 0)
            try write(writer, times: 50)
            #expect(try reader.statement("SELECT count(*) FROM t").first { $0.integer(0) } == 0)
        }
        let grown = try pages()
        try write(writer, times: 1000)
        #expect(try pages() <= grown + 40)
    }
}
