import Foundation
import Glibc
import Testing

@testable import Gateway

@Suite("CGI")
struct CGITests {
    static let rows: [(body: Int, length: String?, status: Int, text: String)] = [
        (5, "5", 200, "body 5 declared 5"),
        (0, "0", 200, "body 0 declared 0"),
        (0, nil, 200, "body 0 declared unknown"),
        (300_000, "300000", 200, "body 300000 declared 300000"),
        (70_000, nil, 200, "body 70000 declared unknown"),  // mod_cgi, chunked
        (70_000, "", 200, "body 70000 declared unknown"),
        (4, "5", 400, "\(BodyFailure.shorterThanDeclared(declared: 5, received: 4))"),
        (0, "5", 400, "\(BodyFailure.shorterThanDeclared(declared: 5, received: 0))"),
        (6, "5", 400, "\(BodyFailure.longerThanDeclared(declared: 5))"),
        (2_000_000, "2000000", 413, "\(BodyFailure.tooLarge(maximum: 1 << 20))"),
        (2_000_000, nil, 413, "\(BodyFailure.tooLarge(maximum: 1 << 20))"),
        (1 << 20, nil, 200, "body 1048576 declared unknown"),
        (5, "five", 400, "\(BodyFailure.malformedLength)"),
    ]

    @Test("A body is taken whole or refused, and always answered", arguments: rows)
    func bodies(row: (body: Int, length: String?, status: Int, text: String)) throws {
        let result = try EchoProcess.cgi(body: Array(repeating: 7, count: row.body), length: row.length)
        #expect(result.head.first?.hasPrefix("Status: \(row.status) ") == true)
        #expect(result.head.filter { $0.hasPrefix("Status") }.count == 1)
        #expect(result.body == row.text)
        #expect(result.head.last == "Content-Length: \(row.text.utf8.count)")
        #expect(result.status == 0)
    }

    @Test("An answer before the body is read has the body read all the same")
    func early() throws {
        let result = try EchoProcess.cgi("/early", body: Array(repeating: 7, count: 3_000_000), length: "3000000")
        #expect(result.head.first == "Status: 401 Unauthorized")
    }

    @Test("HEAD is answered without a body")
    func head() throws {
        let result = try EchoProcess.cgi(method: "HEAD")
        #expect(result.head.last == "Content-Length: 23")
        #expect(result.body.isEmpty)
    }

    @Test("A reply that is dropped is answered 500")
    func dropped() throws {
        #expect(try EchoProcess.cgi("/drop").head.first == "Status: 500 Internal Server Error")
    }

    @Test("The environment is the process's own, arguments are no options", arguments: [["--help"], ["-d+x"], ["/bin/sh"]])
    func environment(arguments: [String]) throws {
        let result = try EchoProcess.cgi(extra: ["ECHO_A": "a=b", "OTHER": "c"], arguments: arguments)
        #expect(result.body == "body 0 declared unknown\nECHO_A=a=b")
    }

    @Test("Standard input that stays open behind the declared bytes is not waited for")
    func open() throws {
        let echo = try EchoProcess(environment: [
            "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "POST", "REQUEST_URI": "/", "CONTENT_LENGTH": "5",
        ])
        echo.write(Array("hello".utf8))
        echo.process.waitUntilExit()
        #expect(echo.finish().body == "body 5 declared 5")
    }

    @Test("A body that does not arrive in time is answered 408")
    func overdue() throws {
        let (input, output) = (Pipe(), Pipe())
        let cgi = CGI(
            transferTime: .milliseconds(50), drain: 100, input: input.fileHandleForReading.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor)
        cgi.serve(
            TestApplication(), environment: Environment([(name: "CONTENT_LENGTH", value: "5")]))
        try output.fileHandleForWriting.close()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(answer.hasPrefix("Status: 408 Request Timeout\r\n"))
    }
}

@Suite("Route files")
struct RouteFileTests {
    private func makeRoute(_ folder: Folder, _ lines: String) throws -> String {
        let path = folder.path + "/hook.cgi"
        try Data("#!\(EchoProcess.executable)\n\(lines)".utf8).write(to: URL(fileURLWithPath: path))
        unsafe chmod(path, 0o755)
        return path
    }

    @Test("The file that the kernel executed is the route file, also by a relative name")
    func executed() throws {
        let folder = try Folder()
        let path = try makeRoute(folder, "verify = none\n")
        let result = try EchoProcess.cgi(executable: path)
        #expect(result.body.contains("route file \(path)\n#!\(EchoProcess.executable)\nverify = none\n"))
    }

    @Test("A query that becomes arguments cannot name one")
    func query() throws {
        let folder = try Folder()
        let path = try makeRoute(folder, "verify = none\n")
        for argument in [path, EchoProcess.executable, "hook.cgi"] {
            let result = try EchoProcess.cgi(arguments: [argument], folder: folder.path)
            #expect(result.body == "body 0 declared unknown")
        }
        // Behind a real route file they are only further arguments.
        let other = try Folder()
        let otherPath = try makeRoute(other, "verify = github\n")
        let result = try EchoProcess.cgi(arguments: [path], executable: otherPath)
        #expect(result.body.contains("verify = github"))
        #expect(!result.body.contains("verify = none"))
    }

    @Test("It counts only if it is what was executed, and not Postern itself")
    func identity() throws {
        let folder = try Folder()
        let path = try makeRoute(folder, "x = y\n")
        let link = folder.path + "/link"
        unsafe symlink(path, link)
        #expect(try RouteFile(argument: path, executed: link, own: "/proc/self/exe")?.path == path)
        #expect(try RouteFile(argument: path, executed: "/bin/sh", own: "/proc/self/exe") == nil)
        #expect(try RouteFile(argument: path, executed: path, own: path) == nil)
        #expect(try RouteFile(argument: "/nowhere", executed: "/nowhere", own: "/proc/self/exe") == nil)
    }

    @Test("One that is far too large is refused")
    func large() throws {
        let folder = try Folder()
        let path = try makeRoute(folder, String(repeating: "#", count: RouteFile.maximumSize))
        #expect(throws: RouteFile.Failure.tooLarge(path: path)) {
            try RouteFile(argument: path, executed: path, own: "/proc/self/exe")
        }
    }
}
