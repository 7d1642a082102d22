import Foundation
import Testing

@testable import Outbound

/// `Fixtures/server.py` while a test runs.
final class FixtureServer {
    let port: Int
    private let process = Process()
    private let input = Pipe()

    init(_ arguments: [String] = []) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Self.fixture("server.py")] + arguments
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
        // It serves until its input ends.
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    static func fixture(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)").path
    }

    var origin: String { "http://127.0.0.1:\(port)" }

    /// A client that may call this server and nothing else of this host.
    func client() throws -> HTTPClient {
        HTTPClient(policy: try OutboundPolicy(parsing: "127.0.0.1:\(port)"), monotonicClock: monotonicMilliseconds)
    }

    /// What the server says that it was asked.
    func told(_ request: HTTPRequest, _ client: HTTPClient? = nil) throws -> Told {
        let answer = try (client ?? self.client()).send(request)
        return try JSONDecoder().decode(Told.self, from: Data(answer.body))
    }
}

struct Told: Decodable {
    var method: String
    var path: String
    var body: String
    var headers: [[String]]
    var connections: Int

    subscript(name: String) -> String? { headers.first { $0.first == name }?.last }
}

@Sendable func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

extension HTTPClient {
    /// Why a request comes to nothing.
    func failure(of request: HTTPRequest) -> OutboundError? {
        do throws(OutboundError) {
            _ = try send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPRequest {
    /// A GET, unless told otherwise.
    static func make(
        _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: String? = nil,
        follows: Bool = true
    ) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url, headers: headers, body: body.map { Array($0.utf8) })
        request.followsRedirects = follows
        request.milliseconds = 20_000
        return request
    }
}
