import Foundation
import Glibc
import Testing

@testable import Gateway

@Suite("Listening sockets")
struct ListeningSocketTests {
    @Test("The socket has its mode from the first moment on, whatever the umask", arguments: [0o600, 0o660, 0o666] as [UInt32])
    func mode(mode: UInt32) throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let socket = try ListeningSocket.listen(at: path, mode: mode)
        defer { close(socket.descriptor) }
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == mode)
        #expect(folder.names() == ["socket"])
        #expect(try FastCGIClient(path: path).send([1]))
    }

    @Test("A socket that nobody serves is replaced, a live one refused")
    func stale() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let first = try ListeningSocket.unix(path: path)
        #expect(throws: ListeningError.inUse(path: path)) { try ListeningSocket.unix(path: path) }
        #expect(try FastCGIClient(path: path).send([1]))
        close(first.descriptor)
        let second = try ListeningSocket.unix(path: path)
        #expect(try FastCGIClient(path: path).send([1]))
        // The first one's end must not take the second one's file away.
        first.file?.remove()
        #expect(unsafe access(path, F_OK) == 0)
        second.file?.remove()
        #expect(folder.names() == [])
        close(second.descriptor)
    }

    @Test("Anything else at the path is left alone")
    func occupied() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ListeningError.notASocket(path: path)) { try ListeningSocket.unix(path: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        #expect(folder.names() == ["socket"])
    }

    @Test("The group can be given, and must exist")
    func group() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let name = unsafe getgrgid(getegid()).map { unsafe String(cString: $0.pointee.gr_name) } ?? ""
        close(try ListeningSocket.unix(path: path, group: name).descriptor)
        #expect(throws: ListeningError.unknownGroup("no such group")) {
            try ListeningSocket.unix(path: path, group: "no such group")
        }
    }

    @Test("A path that fits no socket, or whose folder is not there, is refused with the remedy")
    func paths() throws {
        let long = "/tmp/" + String(repeating: "a", count: 104)
        #expect(throws: ListeningError.pathTooLong(long, maximum: 107)) { try ListeningSocket.unix(path: long) }
        do throws(ListeningError) {
            _ = try ListeningSocket.unix(path: "/nowhere/socket")
            Issue.record("it listens")
        } catch {
            #expect("\(error)".contains("make the folder first"))
        }
    }

    @Test("TCP listens on loopback only, one process a port")
    func loopback() throws {
        for host in ["127.0.0.1", "localhost", "127.8.9.10", "[::1]"] {
            let (socket, port) = try #require(listenOnFreePort(host))
            defer { close(socket.descriptor) }
            #expect(ListeningSocket.isListening(socket.descriptor))
            #expect(throws: ListeningError.self) { try ListeningSocket.listen(at: "\(host):\(port)") }
        }
    }

    @Test(
        "Any other address is refused",
        arguments: ["0.0.0.0:9000", "10.0.0.1:9000", "*:9000", ":9000", "example.org:9000", "[::]:9000", "128.0.0.1:9000"])
    func elsewhere(address: String) {
        #expect(throws: ListeningError.notLoopback(address)) { try ListeningSocket.listen(at: address) }
    }

    @Test(
        "What is neither path nor HOST:PORT is refused",
        arguments: ["", "socket", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+80", "127.0.0.1:8x"])
    func malformed(address: String) {
        #expect(throws: ListeningError.malformedAddress(address)) { try ListeningSocket.listen(at: address) }
    }
}

/// Listens at some port that nobody else on this machine uses now.
func listenOnFreePort(_ host: String) -> (socket: ListeningSocket, port: Int)? {
    for port in stride(from: 20000 + Int(getpid()) % 10000, to: 60000, by: 7) {
        if let socket = try? ListeningSocket.listen(at: "\(host):\(port)") { return (socket, port) }
    }
    return nil
}
