import Foundation
import Testing

@testable import Outbound

@Suite("The address is judged as it is connected to")
struct ConnectGuardTests {
    let server: FixtureServer

    init() throws { server = try FixtureServer() }

    /// However this host is named, it is not called unless it is listed.
    @Test("This host, by whatever name", arguments: [
        "127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "0.0.0.0", "0", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "LOCALHOST", "%6cocalhost",
    ])
    func thisHost(host: String) throws {
        let client = HTTPClient(policy: OutboundPolicy(), monotonicClock: monotonicMilliseconds)
        let error = try #require(client.failure(of: .make("http://\(host):\(server.port)/")))
        guard case .refused(_, _, let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(["a loopback address", "an address of this host", "an IPv4 address inside IPv6"].contains(reason))
    }

    @Test("A name that is listed may resolve to what is not")
    func listedName() throws {
        let client = HTTPClient(
            policy: try OutboundPolicy(parsing: "localhost:\(server.port)"), monotonicClock: monotonicMilliseconds)
        #expect(try server.told(.make("http://localhost:\(server.port)/"), client).method == "GET")
        #expect(throws: OutboundError.self) { try client.send(.make("http://127.0.0.1:\(server.port)/")) }
    }

    @Test("A network that is listed may be called at any port, by any name")
    func listedNetwork() throws {
        let client = HTTPClient(policy: try OutboundPolicy(parsing: "127.0.0.0/8"), monotonicClock: monotonicMilliseconds)
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
            #expect(try server.told(.make("http://\(host):\(server.port)/"), client).method == "GET")
        }
    }

    @Test("IPv6 by its literal")
    func sixes() throws {
        let server = try FixtureServer(["--address", "::1"])
        let client = HTTPClient(policy: try OutboundPolicy(parsing: "[::1]:\(server.port)"), monotonicClock: monotonicMilliseconds)
        #expect(try server.told(.make("http://[::1]:\(server.port)/"), client).method == "GET")
    }

    @Test("A kept connection is used by nobody whom the policy would not let connect")
    func keptConnection() throws {
        let client = HTTPClient(
            policy: try OutboundPolicy(parsing: "localhost:\(server.port)"), monotonicClock: monotonicMilliseconds)
        _ = try server.told(.make("http://localhost:\(server.port)/"), client)
        #expect(throws: OutboundError.self) {
            try client.send(.make("http://127.0.0.1:\(server.port)/", headers: [("Host", "localhost:\(server.port)")]))
        }
    }

    @Test("What is told to a stack names no address, what is told to the operator names the remedy")
    func messages() throws {
        let client = HTTPClient(policy: OutboundPolicy(), monotonicClock: monotonicMilliseconds)
        let error = try #require(client.failure(of: .make("http://localhost:\(server.port)/a?b=c")))
        #expect(error.description == "http://localhost:\(server.port) may not be called from here")
        let remedy = try #require(error.remedy)
        #expect(remedy.contains("POSTERN_OUTBOUND"))
        #expect(remedy.contains("a loopback address"))
    }
}
