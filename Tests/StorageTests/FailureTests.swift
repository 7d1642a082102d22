import Foundation
import Storage
import Testing

/// Each with the real thing: a full file system, one that is read-only, another process's lock, a damaged file.
@Suite("A store that fails")
struct FailureTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Whether this process may mount a file system in a name space of its child's own.
    static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        process.standardError = FileHandle.nullDevice
        try? process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// A command that starts what follows it with a small file system at the folder.
    private func mounted(_ further: String) -> [String] {
        let script = "mount -t tmpfs -o size=1m tmpfs \(folder.path) && \(further) exec \"$@\""
        return ["unshare", "--mount", "sh", "-c", script, "sh"]
    }

    @Test("by a missing folder, a folder as its file or a path through a file says that it cannot be opened")
    func paths() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file("plain")))
        for path in [folder.file("no/such/folder.sqlite"), folder.path, folder.file("plain/x.sqlite")] {
            let error = #expect(throws: DatabaseError.self) { try Connection(.serve(path)) }
            #expect(error?.cannotOpen == true, "\(path)")
            #expect(error?.isOfStorage == true)
            #expect(error?.message.contains(path) == true)
            #expect(error?.remedy != nil)
        }
    }

    @Test("by a file that is no database, or a damaged one, says that it is corrupt")
    func corrupt() throws {
        try Data(repeating: 0x61, count: 10_000).write(to: URL(fileURLWithPath: folder.file("text.sqlite")))
        let error = #expect(throws: DatabaseError.self) { try Connection(.serve(folder.file("text.sqlite"))) }
        #expect(error?.isCorrupt == true)

        try Connection(.serve(folder.file())).execute(
            """
            CREATE TABLE t (x);
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000) INSERT INTO t SELECT x FROM n
            """)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file()))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0x5a, count: 8192))
        try handle.close()
        let damaged = #expect(throws: DatabaseError.self) {
            try Connection(.serve(folder.file())).statement("SELECT sum(x) FROM t").run()
        }
        #expect(damaged?.isCorrupt == true)
    }

    @Test("because another process holds the lock is waited for shortly, then says so, and works when the lock is gone")
    func locked() throws {
        var options = Writer.Options(.serve(folder.file()))
        options.connection.busyTimeout = 20
        let writer = try Writer(options) { try $0.execute("CREATE TABLE t (x)") }
        let holder = try Probe(["lock", folder.file()])
        #expect(holder.line() == "locked")
        let error = #expect(throws: DatabaseError.self) {
            try writer.perform { try $0.execute("INSERT INTO t VALUES (1)") }
        }
        #expect(error?.isBusy == true)
        holder.finish()
        try writer.perform { try $0.execute("INSERT INTO t VALUES (2)") }
        #expect(try Connection(.reader(folder.file())).statement("SELECT x FROM t").map { $0.integer(0) } == [2])
    }

    @Test("because another process holds the lock works if that lets go in time")
    func lockedShortly() throws {
        var options = Writer.Options(.serve(folder.file()))
        options.connection.busyTimeout = 60_000
        let writer = try Writer(options) { try $0.execute("CREATE TABLE t (x)") }
        let holder = try Probe(["lock", folder.file()])
        #expect(holder.line() == "locked")
        let done = DispatchSemaphore(value: 0)
        writer.submit { try $0.execute("INSERT INTO t VALUES (1)") } finish: { _ in done.signal() }
        holder.finish()
        done.wait()
        #expect(try Connection(.reader(folder.file())).statement("SELECT x FROM t").map { $0.integer(0) } == [1])
    }

    @Test("because the disk is full acknowledges nothing more, and goes on when there is room", .enabled(if: canMount))
    func fullDisk() throws {
        let ballast = folder.file("ballast")
        let probe = try Probe(
            ["fill", folder.file(), ballast], wrapper: mounted("head -c 300000 /dev/zero >\(ballast);"))
        let lines = probe.lines()
        #expect(lines.count > 10)
        #expect(lines.dropLast().last == "error full")
        #expect(lines.last?.hasPrefix("after ") == true)
    }

    @Test("because the file system is read-only says so, before and after the database exists", .enabled(if: canMount))
    func readOnly() throws {
        let missing = try Probe(
            ["admit", folder.file()], wrapper: mounted("mount -o remount,ro \(folder.path);"))
        #expect(missing.lines() == ["error read-only"])
        let existing = try Probe(
            ["admit", folder.file()],
            wrapper: mounted("\"$1\" admit \(folder.file()) && mount -o remount,ro \(folder.path);"))
        #expect(existing.lines() == ["admitted", "error read-only"])
    }

    @Test("because no file may grow acknowledges nothing more")
    func limitedFiles() throws {
        let probe = try Probe(["limit", folder.file(), "300000"])
        let lines = probe.lines()
        #expect(lines.count > 10)
        #expect(["error full", "error input-output"].contains(lines.last))
        let count = try Connection(.serve(folder.file()))
            .statement("SELECT count(*) FROM postern_event").first { Int($0.integer(0)) }
        // What was printed was acknowledged.
        #expect(count == lines.count - 1)
    }
}
