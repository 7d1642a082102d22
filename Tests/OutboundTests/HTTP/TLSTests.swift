import Foundation
import Testing

@testable import Outbound

@Suite("TLS")
struct TLSTests {
    /// Made once: keys take their time.
    private static let certificates = Result { () throws -> TemporaryFolder in
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [FixtureServer.fixture("certificates.sh"), folder.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return folder
    }

    private let folder: TemporaryFolder

    init() throws { folder = try Self.certificates.get() }

    private func server(_ name: String, _ arguments: [String] = []) throws -> FixtureServer {
        try FixtureServer(["--tls", "\(folder.path)/\(name).pem", "\(folder.path)/\(name).key"] + arguments)
    }

    private func client(_ server: FixtureServer) throws -> HTTPClient {
        HTTPClient(policy: try OutboundPolicy(parsing: "localhost:\(server.port)"), monotonicClock: monotonicMilliseconds)
    }

    private func request(_ server: FixtureServer, authority: String? = nil) throws -> HTTPRequest {
        var request = HTTPRequest.make("https://localhost:\(server.port)/")
        if let authority { request.certificates.authority = try bytes(authority + ".pem") }
        return request
    }

    private func bytes(_ name: String) throws -> [UInt8] { Array(try folder.text(name).utf8) }

    private func isUntrusted(_ error: OutboundError?) -> Bool {
        if case .untrusted = error { true } else { false }
    }

    @Test("A server whose authority nobody here knows is not believed")
    func unknownAuthority() throws {
        let server = try server("server")
        let error = try #require(client(server).failure(of: request(server)))
        #expect(isUntrusted(error))
        #expect(error.remedy == "a private authority is given in ca_certificate")
    }

    @Test("With its authority it is, and with another it is not")
    func givenAuthority() throws {
        let server = try server("server")
        let client = try client(server)
        #expect(try server.told(request(server, authority: "authority"), client).method == "GET")
        #expect(isUntrusted(client.failure(of: try request(server, authority: "other"))))
        // What one request was shown is no reason for the next.
        #expect(isUntrusted(client.failure(of: try request(server))))
    }

    @Test("A certificate for another name is not believed")
    func otherName() throws {
        let server = try server("elsewhere")
        #expect(isUntrusted(try client(server).failure(of: request(server, authority: "authority"))))
    }

    @Test("A server that asks for a certificate gets that of the request")
    func clientCertificate() throws {
        let server = try server("server", ["--client-authority", "\(folder.path)/authority.pem"])
        var request = try request(server, authority: "authority")
        #expect(try client(server).failure(of: request) != nil)
        request.certificates.own = try bytes("client.pem")
        request.certificates.key = try bytes("client.key")
        #expect(try server.told(request, client(server)).method == "GET")
        request.certificates.key = try bytes("client-locked.key")
        request.certificates.passphrase = "secret"
        #expect(try server.told(request, client(server)).method == "GET")
        request.certificates.passphrase = "wrong"
        #expect(try client(server).failure(of: request) != nil)
    }

    @Test("Certificates are texts: a path is not read")
    func paths() throws {
        let server = try server("server")
        var request = try request(server)
        request.certificates.authority = Array("\(folder.path)/authority.pem".utf8)
        #expect(try client(server).failure(of: request) != nil)
    }

    @Test("A server that speaks no TLS is an error")
    func noTLS() throws {
        let server = try FixtureServer()
        #expect(try client(server).failure(of: request(server)) != nil)
    }
}
