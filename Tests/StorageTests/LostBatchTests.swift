import Foundation
import Storage
import Synchronization
import Testing
import Values

/// What becomes of a batch when SQLite gives up its whole transaction at the Nth statement.
@Suite("A batch that is lost")
struct LostBatchTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let jobs = 6
    private static let rows: Int64 = 4

    /// Submits six jobs of four rows as one batch, whose statements call `strike` before each row.
    /// - Parameter large: the jobs that also write 200 kB.
    private func run(
        large: Set<Int> = [], prepare: @escaping @Sendable (Connection) throws -> Void
    ) throws -> (succeeded: Set<Int>, errors: [any Error], writer: Writer) {
        let writer = try Writer(.init(.serve(folder.file()))) { connection in
            try connection.execute("CREATE TABLE t (job, row)")
            try prepare(connection)
        }
        let entered = DispatchSemaphore(value: 0)
        let opened = DispatchSemaphore(value: 0)
        writer.submit { _ in
            entered.signal()
            opened.wait()
            // It may run again with the others, and must not wait again.
            opened.signal()
        } finish: { _ in
        }
        entered.wait()
        let outcomes = Mutex<(Set<Int>, [any Error])>(([], []))
        let done = DispatchGroup()
        for job in 0..<Self.jobs {
            done.enter()
            writer.submit { connection in
                for row in 0..<Self.rows {
                    let statement = try connection.statement("INSERT INTO t SELECT ?1, ?2 WHERE strike() = 0")
                    statement.bind(1, Int64(job))
                    statement.bind(2, row)
                    try statement.run()
                }
                if large.contains(job) { try connection.execute("INSERT INTO t VALUES (-1, zeroblob(200000))") }
            } finish: { result in
                outcomes.withLock { outcomes in
                    switch result {
                    case .success: outcomes.0.insert(job)
                    case .failure(let error): outcomes.1.append(error)
                    }
                }
                done.leave()
            }
        }
        opened.signal()
        done.wait()
        let (succeeded, errors) = outcomes.withLock { $0 }
        return (succeeded, errors, writer)
    }

    private func storedJobs() throws -> [Int: Int64] {
        let connection = try Connection(.reader(folder.file()))
        var jobs: [Int: Int64] = [:]
        try connection.statement("SELECT job, count(*) FROM t GROUP BY job").forEach { row in
            jobs[Int(row.integer(0))] = row.integer(1)
        }
        return jobs
    }

    @Test(
        "runs its other jobs again: each that was told of success is whole, the one that lost it is not there",
        arguments: 1...25)
    func interruptedAtStatement(number: Int) throws {
        let shared = Shared()
        let (succeeded, errors, _) = try run { connection in
            try connection.define("strike", argumentCount: 0, isDeterministic: false) { _ in
                shared.isStruck.store(
                    shared.calls.wrappingAdd(1, ordering: .relaxed).newValue == number, ordering: .relaxed)
                return 0
            }
            connection.setProgressHandler(every: 1) { shared.isStruck.exchange(false, ordering: .relaxed) }
        }
        let isStruck = number <= Self.jobs * Int(Self.rows)
        #expect(succeeded.count == (isStruck ? Self.jobs - 1 : Self.jobs))
        #expect(errors.count == (isStruck ? 1 : 0))
        #expect(errors.allSatisfy { ($0 as? DatabaseError)?.isInterrupt == true })
        // The calls up to the one that struck, and then those of the other five jobs.
        #expect(shared.calls.load(ordering: .relaxed) == (isStruck ? number + 20 : 24))
        let stored = try storedJobs()
        #expect(Set(stored.keys) == succeeded)
        #expect(stored.values.allSatisfy { $0 == Self.rows })
    }

    @Test("undoes the job that filled the disk, and runs the others again", arguments: 0..<jobs)
    func fullAtJob(number: Int) throws {
        let (succeeded, errors, _) = try run(large: [number]) { try Self.leaveRoom($0) }
        #expect(succeeded == Set(0..<Self.jobs).subtracting([number]))
        #expect(errors.count == 1)
        #expect(errors.allSatisfy { ($0 as? DatabaseError)?.isFull == true })
        #expect(try Set(storedJobs().keys) == succeeded)
    }

    @Test("by a full disk is told to all its jobs, none is kept in part, and the writer goes on")
    func allFull() throws {
        let (succeeded, errors, writer) = try run(large: Set(0..<Self.jobs)) { try Self.leaveRoom($0) }
        #expect(succeeded.isEmpty)
        #expect(errors.count == Self.jobs)
        #expect(errors.allSatisfy { ($0 as? DatabaseError)?.isOfStorage == true })
        #expect(try storedJobs().isEmpty)
        try writer.perform { try $0.execute("INSERT INTO t VALUES (100, 1)") }
        #expect(try storedJobs() == [100: 1])
    }

    private static func leaveRoom(_ connection: Connection) throws {
        try connection.define("strike", argumentCount: 0, isDeterministic: false) { _ in 0 }
        let pages = try connection.statement("PRAGMA page_count").first { $0.integer(0) } ?? 0
        try connection.execute("PRAGMA max_page_count=\(pages + 10)")
    }

    /// An atomic that closures share.
    private final class Shared: Sendable {
        let calls = Atomic<Int>(0)
        let isStruck = Atomic<Bool>(false)
    }
}
