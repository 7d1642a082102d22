import Foundation
import Glibc
import Testing

@testable import Gateway

@Suite("A server process")
struct ServerProcessTests {
    private func start(_ folder: Folder, environment: [String: String] = [:]) throws -> EchoProcess {
        let echo = try EchoProcess([folder.path + "/socket"], environment: environment)
        #expect(eventually { (try? FastCGIClient(path: folder.path + "/socket")) != nil })
        return echo
    }

    @Test("SIGTERM and SIGINT finish what is under way and end with status 0", arguments: [SIGTERM, SIGINT])
    func terminated(signal: Int32) throws {
        let folder = try Folder()
        let echo = try start(folder)
        let client = try FastCGIClient(path: folder.path + "/socket")
        let file = folder.path + "/now"
        client.send(FastCGI.request("/slow", extra: [("ECHO_WAIT_FOR", file)]))
        // Served before the signal comes: the connection behind it is answered.
        let other = try FastCGIClient(path: folder.path + "/socket")
        other.send(FastCGI.request())
        #expect(other.receive().status == 200)
        kill(echo.identifier, signal)
        #expect(eventually { unsafe access(folder.path + "/socket", F_OK) != 0 })
        #expect(echo.process.isRunning)
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(client.receive().text == "late")
        #expect(echo.finish().status == 0)
    }

    @Test("Many idle connections need few threads")
    func threads() throws {
        let folder = try Folder()
        let echo = try start(folder)
        let clients = try (0..<200).map { _ in try FastCGIClient(path: folder.path + "/socket") }
        for client in clients {
            client.send(FastCGI.request(keep: true))
            #expect(client.receive().status == 200)
        }
        let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        #expect(echo.threadCount <= processors + 4)
        echo.terminate()
        #expect(echo.finish().status == 0)
    }

    @Test("Out of descriptors a server serves those it has, and the rest when it can again")
    func outOfDescriptors() throws {
        let folder = try Folder()
        let echo = try EchoProcess(
            ["-c", "ulimit -n 40; exec \"$0\" \"$1\"", EchoProcess.executable, folder.path + "/socket"],
            executable: "/bin/sh")
        #expect(eventually { (try? FastCGIClient(path: folder.path + "/socket")) != nil })
        var clients = try (0..<60).map { _ in try FastCGIClient(path: folder.path + "/socket") }
        for client in clients.prefix(10) {
            client.send(FastCGI.request(keep: true))
            #expect(client.receive().status == 200)
        }
        let last = clients[59]
        last.send(FastCGI.request())
        clients.removeFirst(50)
        #expect(last.receive().status == 200)
        echo.terminate()
        let result = echo.finish()
        #expect(result.status == 0)
        #expect(result.errors.contains("LimitNOFILE"))
    }

    @Test("A listening socket on descriptor 0 makes it a FastCGI server, which leaves the socket alone")
    func standardInput() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let socket = try ListeningSocket.unix(path: path)
        for _ in 0..<2 {
            let echo = try EchoProcess(standardInput: FileHandle(fileDescriptor: socket.descriptor))
            let client = try FastCGIClient(path: path)
            client.send(FastCGI.request(body: [1]))
            #expect(client.receive().text == "body 1 declared 1")
            echo.terminate()
            #expect(echo.finish().status == 0)
        }
        close(socket.descriptor)
    }

    @Test("Systemd's socket is served, and survives a restart with what waits in it")
    func systemd() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let socket = try ListeningSocket.unix(path: path)
        // As systemd does: the socket as descriptor 3 and its variables, set by the process that is replaced.
        let script = "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" 3<&0 0</dev/null"
        func start() throws -> EchoProcess {
            try EchoProcess(
                ["-c", script, EchoProcess.executable], executable: "/bin/sh",
                standardInput: FileHandle(fileDescriptor: socket.descriptor))
        }
        let first = try start()
        let client = try FastCGIClient(path: path)
        client.send(FastCGI.request())
        #expect(client.receive().status == 200)
        first.terminate()
        #expect(first.finish().status == 0)
        let waiting = try FastCGIClient(path: path)
        waiting.send(FastCGI.request())
        let second = try start()
        #expect(waiting.receive().status == 200)
        second.terminate()
        #expect(second.finish().status == 0)
        close(socket.descriptor)
    }

    @Test("Variables of systemd that name no socket are refused")
    func falseSystemd() throws {
        let echo = try EchoProcess(
            ["-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" 3</dev/null", EchoProcess.executable],
            executable: "/bin/sh")
        let result = echo.finish()
        #expect(result.status == 1)
        #expect(result.errors.contains("descriptor 3 does not listen"))
    }
}

@Suite("Detached children")
struct DetachedProcessTests {
    @Test("A child leads its own session, has no descriptor and no variable of its parent")
    func detached() throws {
        let folder = try Folder()
        let file = folder.path + "/said"
        let script = """
            { env | grep -v -e '^PWD=' -e '^SHLVL=' -e '^_='; ls /proc/self/fd | wc -l; pwd; \
            cut -d' ' -f6 /proc/$$/stat; echo $$; readlink /proc/$$/fd/0 /proc/$$/fd/2; } > \(file).part; \
            mv \(file).part \(file)
            """
        let result = try EchoProcess.cgi("/spawn", extra: ["ECHO_SCRIPT": script, "SECRET": "x"])
        #expect(result.head.first == "Status: 202 Accepted")
        #expect(eventually { unsafe access(file, F_OK) == 0 })
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        // Three standard streams and ls's own folder.
        #expect(lines.prefix(3) == ["OWN=yes", "4", "/"])
        #expect(lines[3] == lines[4])
        #expect(lines.suffix(2) == ["/dev/null", "/dev/null"])
    }

    @Test("What cannot be started is an error that names it")
    func absent() {
        #expect(throws: SystemError("posix_spawn", code: ENOENT)) {
            try DetachedProcess.start(executable: "/nowhere/program", arguments: [], environment: [])
        }
    }
}
