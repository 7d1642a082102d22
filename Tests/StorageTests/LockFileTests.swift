import Storage
import Testing

@Suite("A lock file")
struct LockFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("gives each byte to one holder, until it lets go")
    func exclusive() throws {
        let first = try LockFile(folder.file("lock"))
        let second = try LockFile(folder.file("lock"))
        #expect(try first.tryLock(7))
        #expect(try !second.tryLock(7))
        #expect(try second.isHeldElsewhere(7))
        #expect(try second.tryLock(.max - 1))
        #expect(try first.isHeldElsewhere(.max - 1))
        #expect(try !first.isHeldElsewhere(7))
        first.unlock(7)
        #expect(try !second.isHeldElsewhere(7))
        #expect(try second.tryLock(7))
    }

    @Test("lets go of everything with its last object, though another was opened and closed meanwhile")
    func closes() throws {
        var first: LockFile? = try LockFile(folder.file("lock"))
        #expect(try first?.tryLock(3) == true)
        let second = try LockFile(folder.file("lock"))
        _ = try LockFile(folder.file("lock"))
        #expect(try second.isHeldElsewhere(3))
        first = nil
        #expect(try !second.isHeldElsewhere(3))
    }

    @Test("in a folder that is not there is an error")
    func missing() {
        #expect(throws: DatabaseError.self) { try LockFile(folder.file("no/lock")) }
    }
}
