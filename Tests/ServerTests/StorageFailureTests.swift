import Foundation
import Glibc
import Testing

@Suite("What cannot be committed is not acknowledged", .serialized)
struct StorageFailureTests {
    @Test("a full disk gives 503, and service returns with the space")
    func fullDisk() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        var sent = 0
        func send() throws -> Int {
            sent += 1
            let body = Array("{\"text\": \"\(sent) \(String(repeating: "x", count: 3_000))\"}".utf8)
            return try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status
        }
        #expect(try send() == 200, "\(server.log)")
        // A limit on the size of files is what a test can have without being root: writes fail as on a full disk.
        let process = try #require(server.postern?.identifier)
        try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=65536:unlimited"])
        var acknowledged = 1
        var refused = 0
        for _ in 0..<60 {
            switch try send() {
            case 200: acknowledged += 1
            case 503: refused += 1
            case let other: Issue.record("\(other)")
            }
        }
        #expect(refused > 0, "the limit was never reached")
        #expect(try server.notes().count == acknowledged)
        try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=unlimited:unlimited"])
        #expect(try send() == 200, "\(server.log)")
        #expect(server.postern?.isRunning == true)
    }

    @Test("what came of a run on a worker is written once there is space again")
    func fullDiskAtSettlement() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        let (client, headers) = (server.client, try server.signed(body))
        let group = DispatchGroup()
        Thread.detachNewThread(in: group) {
            // Its sender hears 503: nothing is known yet that would last.
            let answer = try? client.send("POST", "/waiting", headers: headers, body: body)
            #expect(answer?.status == 503)
        }
        try Service.until("the stack to have begun") { (try? server.notes()) == ["a begun"] }
        let process = try #require(server.postern?.identifier)
        try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=4096:unlimited"])
        // Another program, for which there is space, opens it.
        let opening = try Command.run(
            "/usr/bin/sqlite3", ["-cmd", ".timeout 5000", server.sandbox.root + "/data/events.sqlite", "INSERT INTO note (text) VALUES ('open a')"])
        #expect(opening.status == 0, "\(opening.errors)")
        #expect(server.logs("what came of it could not be written"), "\(server.log)")
        group.wait()
        #expect(try server.events().map { $0["state"] as? String } == ["running"])
        try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=unlimited:unlimited"])
        try Service.until("the event to be settled") { (try? server.events().map { $0["state"] as? String }) == ["failed"] }
        #expect(server.logs("what came of it is written now"), "\(server.log)")
    }

    @Test("a database that another program keeps locked gives 503 after a short wait")
    func locked() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
        let database = server.sandbox.root + "/data/events.sqlite"
        let script = "import sqlite3,sys,time\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\nc.execute('begin immediate')\nopen(sys.argv[2],'w').close()\nsys.stdin.read()\n"
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = ["python3", "-c", script, database, server.sandbox.root + "/held"]
        let input = Pipe()
        holder.standardInput = input
        try holder.run()
        try Service.until("the lock to be held") { access(server.sandbox.root + "/held", F_OK) == 0 }
        let refused = try server.client.send("POST", "/signed", headers: try server.signed(body), body: body)
        #expect(refused.status == 503 && refused[header: "Retry-After"] != nil, "\(refused.text)")
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
    }

    @Test("a read-only database gives 503")
    func readOnly() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
        server.postern?.stop()
        let folder = server.sandbox.root + "/data"
        // Root may write whatever the mode says; an attribute of the file system binds root too, where it has one.
        let database = folder + "/events.sqlite"
        if geteuid() == 0 {
            let status = try Command.run("/usr/bin/chattr", ["+i", database]).status
            guard status == 0 else { return }
        }
        chmod(database, 0o400)
        defer {
            if geteuid() == 0 { _ = try? Command.run("/usr/bin/chattr", ["-i", database]) }
            chmod(database, 0o600)
        }
        try server.startPostern()
        let refused = try server.client.send("POST", "/signed", headers: try server.signed(body), body: body)
        #expect(refused.status == 503, "\(refused.text)")
        #expect(server.logs("POSTERN_DATABASE"), "\(server.log)")
    }
}
