import Foundation
import Inbox
import Outbound
import Testing

@testable import Intake

/// The HTTPS server of Outbound's tests, under an authority of its own.
private final class TLSServer {
    let port: Int
    let authority: [UInt8]
    let other: [UInt8]
    private let process = Process()
    private let input = Pipe()

    init() throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("OutboundTests/Fixtures").path
        let folder = NSTemporaryDirectory() + "keys-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = try Process.run(URL(fileURLWithPath: "/bin/sh"), arguments: [fixtures + "/certificates.sh", folder])
        script.waitUntilExit()
        authority = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/authority.pem")))
        other = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/other.pem")))
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", fixtures + "/server.py", "--tls", folder + "/server.pem", folder + "/server.key"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { break }
            line += byte
        }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// What comes of a fetch: `document`, `absent`, `failed`, or why it failed.
    func outcome(
        _ path: String, _ content: String = "jwks", trusting authorities: [UInt8]? = nil, allowed: Bool = true
    ) throws -> String {
        let policy = allowed ? try OutboundPolicy(parsing: "localhost:\(port)") : OutboundPolicy()
        let client = HTTPClient(policy: policy, monotonicClock: Clock.monotonic)
        let fetch = KeyFetch(
            address: "https://localhost:\(port)\(path)", content: content, authorities: authorities ?? authority)
        do {
            switch try fetch.result(with: client) {
            case .document: return "document"
            case .absent: return "absent"
            case .failed: return "failed"
            }
        } catch let error as KeyFetch.Failure {
            return (error.isFinal ? "final: " : "for now: ") + error.description
        } catch {
            return "\(error)"
        }
    }
}

@Suite("Fetching what a sender publishes")
struct KeyFetchTests {
    @Test("What is not there, or is no key, is not asked for again; what may come is; nobody is followed elsewhere")
    func answers() throws {
        let server = try TLSServer()
        for status in [400, 401, 403, 404, 410] { #expect(try server.outcome("/status/\(status)").hasPrefix("final: ")) }
        for status in [408, 425, 429, 500, 502, 503] { #expect(try server.outcome("/status/\(status)").hasPrefix("for now: ")) }
        #expect(try server.outcome("/redirect?to=/status/200") == "final: the answer has the status 302")
        #expect(try server.outcome("/keys") == "final: it is no set of JSON Web Keys")
        #expect(try server.outcome("/keys", "certificate").hasPrefix("final: it is no certificate"))
        #expect(try server.outcome("/keys", "something later").hasPrefix("final: this version"))
        #expect(try server.outcome("/large?bytes=300000").contains("larger") || server.outcome("/large?bytes=300000").contains("262144"))
    }

    @Test("A subscription is confirmed by asking, whatever the answer says")
    func subscription() throws {
        let server = try TLSServer()
        #expect(try server.outcome("/?Action=ConfirmSubscription", "subscription") == "absent")
        #expect(try server.outcome("/status/403", "subscription").hasPrefix("final: "))
        #expect(try server.outcome("/status/500", "subscription").hasPrefix("for now: "))
    }

    @Test("Nothing is taken from a server that no authority vouches for, nor from an address that is not allowed")
    func guards() throws {
        let server = try TLSServer()
        #expect(try server.outcome("/keys", trusting: server.other).contains("certificate"))
        #expect(try server.outcome("/keys", allowed: false).contains("may not be called"))
    }

    @Test(
        "An answer counts as long as it says, from five minutes to a day",
        arguments: [
            ([], 3_600), (["public, max-age=7200"], 7_200), (["max-age=1"], 300), (["max-age=9999999"], 86_400),
            (["MAX-AGE = 600 , must-revalidate"], 600), (["no-store"], 300), (["no-cache"], 300), (["max-age=x"], 3_600),
            (["max-age=-5"], 300), (["max-age=99999999999999999999"], 3_600), (["private", "max-age=900"], 900), ([""], 3_600),
        ] as [([String], Int64)])
    func lifetimes(values: [String], seconds: Int64) {
        let headers = values.map { (name: "Cache-Control", value: $0) }
        #expect(CacheLifetime.milliseconds(headers, otherwise: 3_600) == seconds * 1_000)
    }
}
