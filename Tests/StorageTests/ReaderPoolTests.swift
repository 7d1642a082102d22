import Foundation
import Storage
import Synchronization
import Testing

@Suite("The readers")
struct ReaderPoolTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Connection(.serve(folder.file())).execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    }

    @Test("are no more than they may be, and each is one thread's")
    func areBounded() throws {
        let pool = ReaderPool(.reader(folder.file()), maximum: 3)
        let inside = Mutex((now: 0, most: 0))
        let done = DispatchGroup()
        for _ in 0..<12 {
            done.enter()
            Foundation.Thread.detachNewThread {
                for _ in 0..<20 {
                    _ = try? pool.read { connection in
                        inside.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        _ = try connection.statement("SELECT x FROM t").first { $0.integer(0) }
                        inside.withLock { $0.now -= 1 }
                    }
                }
                done.leave()
            }
        }
        done.wait()
        #expect(inside.withLock { $0.most } <= 3)
        #expect(inside.withLock { $0.now } == 0)
    }

    @Test("see one unchanging view for as long as they read, and the newest the next time")
    func snapshot() throws {
        let pool = ReaderPool(.reader(folder.file()), maximum: 1)
        let writer = try Connection(.serve(folder.file()))
        let count = SQL("SELECT count(*) FROM t")
        try pool.read { reader in
            #expect(try reader.statement(count).first { $0.integer(0) } == 1)
            try writer.execute("INSERT INTO t VALUES (2)")
            #expect(try reader.statement(count).first { $0.integer(0) } == 1)
        }
        #expect(try pool.read { try $0.statement(count).first { $0.integer(0) } } == 2)
    }

    @Test("cannot write")
    func cannotWrite() throws {
        let pool = ReaderPool(.reader(folder.file()), maximum: 1)
        let error = #expect(throws: DatabaseError.self) { try pool.read { try $0.execute("DELETE FROM t") } }
        #expect(error?.isReadOnly == true)
        #expect(try pool.read { try $0.statement("SELECT x FROM t").first { $0.integer(0) } } == 1)
    }

    @Test("say so when there is no database, and read it once there is")
    func missing() throws {
        let pool = ReaderPool(.reader(folder.file("later.sqlite")), maximum: 1)
        let error = #expect(throws: DatabaseError.self) { try pool.read { _ in } }
        #expect(error?.cannotOpen == true)
        try Connection(.serve(folder.file("later.sqlite"))).execute("CREATE TABLE t (x)")
        try pool.read { _ in }
    }
}
