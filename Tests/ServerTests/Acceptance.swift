import Foundation
import Testing

/// A workspace with the requests that a live location must answer, as `requests.json` beside it says.
struct Acceptance: Sendable, CustomTestStringConvertible {
    let folder: String
    var testDescription: String { (folder as NSString).lastPathComponent }

    /// The project's own acceptance workspaces, and every example.
    static let all: [Acceptance] = ["Tests/Acceptance", "Examples"].flatMap { parent in
        let path = Sandbox.repository + "/" + parent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().map { Acceptance(folder: path + "/" + $0) }
            .filter { FileManager.default.fileExists(atPath: $0.folder + "/requests.json") }
            .filter { MailServer.canRun || !$0.sendsMail }
    }

    /// Whether it needs a mail server.
    private var sendsMail: Bool {
        (try? String(contentsOfFile: folder + "/requests.json", encoding: .utf8))?.contains("\"mails\"") == true
    }

    func run(on kind: WebServerKind) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/requests.json"))
        let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(folder)
        let world = try World(file)
        for (name, text) in file["secrets"] as? [String: String] ?? [:] { try sandbox.write(name, text) }
        let locations = (file["locations"] as? [String: [String: String]] ?? [:]).map { path, settings in
            var settings = settings.mapValues { value in
                value.replacingOccurrences(of: "{root}", with: sandbox.root)
                    .replacingOccurrences(of: "{service}", with: world.service?.address ?? "")
            }
            settings["POSTERN_WORKSPACE"] = workspace
            settings["POSTERN_DATABASE"] = sandbox.root + "/data/events.sqlite"
            return Location(path: path, settings: settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        // Apache merges all that match, so the more exact location comes last.
        let server = try WebServer(
            kind, sandbox, locations: locations.sorted { !$0.isExact && $1.isExact }, sendmail: world.mail?.program)
        defer { server.stop() }
        let requests = try #require(file["requests"] as? [[String: Any]])
        for request in requests { try send(request, among: requests, to: server) }
        try world.expect(file, testDescription)
    }

    /// What a workspace reaches beside its own machine's files.
    private struct World {
        var service: RecordingService?
        var mail: MailServer?

        init(_ file: [String: Any]) throws {
            if let answers = file["service"] as? [String: [String: Any]] {
                let known = try answers.mapValues { answer in
                    RecordingService.Answer(
                        status: answer["status"] as? Int ?? 200,
                        body: try JSONSerialization.data(withJSONObject: answer["json"] ?? [String: Any]()))
                }
                service = try RecordingService { known[$0.request] ?? RecordingService.Answer(status: 404, body: Data()) }
            }
            if file["mails"] != nil { mail = try MailServer() }
        }

        /// What has arrived there is what should have, and nothing else.
        func expect(_ file: [String: Any], _ title: String) throws {
            let requests = file["arrived"] as? [[String: Any]] ?? []
            let arrived = service?.arrived ?? []
            #expect(arrived.count == requests.count, "\(title): \(arrived)")
            for (expected, got) in zip(requests, arrived) {
                #expect(got.request == expected["request"] as? String)
                if let json = expected["json"] { #expect(Acceptance.agrees(got.json, with: json), "\(title): \(got)") }
                for (name, value) in expected["headers"] as? [String: String] ?? [:] { #expect(got.headers[name] == value) }
            }
            guard let mail, let expected = file["mails"] as? [[String: Any]] else { return }
            try Service.until("the mails to arrive") { mail.mails.count >= expected.count }
            #expect(mail.mails.count == expected.count)
            for (expected, got) in zip(expected, mail.mails) {
                #expect(got.contains("Delivered-To: \(expected["to"] as? String ?? "")"), "\(got)")
                for part in expected["holds"] as? [String] ?? [] { #expect(got.contains(part), "\(title): \(got)") }
            }
        }
    }

    private func send(_ request: [String: Any], among all: [[String: Any]], to server: WebServer) throws {
        let name = request["name"] as? String ?? "?"
        var body: [UInt8]?
        if let source = request["same_body_as"] as? String {
            body = try Self.body(try #require(all.first { $0["name"] as? String == source }))
        } else {
            body = try Self.body(request)
        }
        var headers = (request["headers"] as? [String: String] ?? [:]).map { ($0.key, $0.value) }
        if body != nil, !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
            headers.append(("Content-Type", "application/json"))
        }
        for (sender, secret) in request["sign"] as? [String: String] ?? [:] {
            let added = try Self.sign(body ?? [], as: sender, secret: secret, age: request["age"] as? Int ?? 0, server)
            // What the request gives by itself (a delivery's id) the sender does not make up.
            headers += added.filter { name, _ in !headers.contains { $0.0.lowercased() == name.lowercased() } }
        }
        let path = try #require(request["path"] as? String)
        let answer = try server.client.send(request["method"] as? String ?? "POST", path, headers: headers, body: body)
        let said = Comment(rawValue: "\(testDescription), \(name): \(answer.status) \(answer.text)\n\(server.log)")
        #expect(answer.status == request["status"] as? Int ?? 200, said)
        if let expected = request["json"] { #expect(Self.agrees(answer.json, with: expected), said) }
        for (header, value) in request["headers_out"] as? [String: String] ?? [:] {
            #expect(answer[header: header] == value, said)
        }
    }

    private static func body(_ request: [String: Any]) throws -> [UInt8]? {
        switch request["body"] {
        case nil: nil
        case let text as String: Array(text.utf8)
        case let value?: Array(try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys]))
        }
    }

    /// The headers that the sender would send, made by the program itself.
    private static func sign(
        _ body: [UInt8], as sender: String, secret: String, age: Int, _ server: WebServer
    ) throws -> [(String, String)] {
        let file = try server.sandbox.write("signing-secret", secret + "\n")
        let time = Int(Date().timeIntervalSince1970) - age
        let result = try Command.run(
            try server.sandbox.program(), ["sign", "--verify", sender, "--secret", "file:\(file)", "--at", "\(time)"],
            input: Data(body))
        try #require(result.status == 0, "postern sign: \(result.errors)")
        return result.output.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
    }

    /// Every key that is expected has its value; arrays are compared whole.
    static func agrees(_ value: Any?, with expected: Any) -> Bool {
        switch (value, expected) {
        case (let value as [String: Any], let expected as [String: Any]):
            expected.allSatisfy { agrees(value[$0.key], with: $0.value) }
        case (let value as [Any], let expected as [Any]):
            value.count == expected.count && zip(value, expected).allSatisfy { agrees($0, with: $1) }
        case (let value as NSObject, let expected as NSObject): value == expected
        default: false
        }
    }
}

@Suite("Workspaces behind real web servers", .serialized)
struct AcceptanceTests {
    @Test("answer each request as written", arguments: WebServerKind.allCases, Acceptance.all)
    func answers(kind: WebServerKind, acceptance: Acceptance) throws {
        try acceptance.run(on: kind)
    }
}
