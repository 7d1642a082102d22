import Foundation
import Testing

@Suite("postern verify")
struct VerifyCommandTests {
    private struct Run {
        let sandbox: Sandbox
        let program: String
        let secret: String

        init(secret text: String = "geheim\n") throws {
            sandbox = try Sandbox()
            program = try sandbox.program()
            secret = "file:" + (try sandbox.write("secret", text))
        }

        /// Signs a body, and gives the headers as options.
        func sign(_ verify: String, _ body: String, _ more: [String] = []) throws -> [String] {
            let signed = try Command.run(
                program, ["sign", "--verify", verify, "--secret", secret] + more, input: Data(body.utf8))
            return signed.output.split(separator: "\n").flatMap { ["--header", String($0)] }
        }

        func verify(_ arguments: [String], _ input: String = "", secret: String? = nil) throws -> Command.Result {
            try withExtendedLifetime(sandbox) {
                try Command.run(
                    program, ["verify", "--secret", secret ?? self.secret] + arguments, input: Data(input.utf8))
            }
        }
    }

    @Test("A right request is verified, with what is known of it")
    func right() throws {
        let run = try Run()
        let headers = try run.sign("github", "{}", ["--id", "d-1", "--header", "X-GitHub-Event: ping"])
        let result = try run.verify(["--verify", "github", "--header", "X-GitHub-Event: ping"] + headers, "{}")
        #expect(result.status == 0)
        #expect(result.output == "verified: github by the secret in line 1 of \(run.secret)\nid: d-1\ntype: ping\n")
        #expect(result.errors == "")
    }

    @Test("A wrong one is refused, with the check that failed and then its cause")
    func wrong() throws {
        let run = try Run()
        let headers = try run.sign("github", "{}")
        let result = try run.verify(["--verify", "github"] + headers, "{}\n")
        #expect(result.status == 1)
        #expect(result.output == "")
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("refused: the signature does not match") == true)
        #expect(lines.last?.hasPrefix("cause: it matches without the line feed at the end of the body") == true)
        #expect(!result.errors.contains("geheim"))
    }

    @Test(
        "What is missing, empty or repeated is named",
        arguments: [
            ([], "header X-Hub-Signature-256 is missing", "perhaps: X-Hub-Signature-256 did not come"),
            (
                ["--header", "X-Hub-Signature-256:"], "header X-Hub-Signature-256 is empty",
                "perhaps: X-Hub-Signature-256 came without a value"
            ),
            (
                ["--header", "X-Hub-Signature-256: sha256=00", "--header", "x-hub-signature-256: sha256=01"],
                "header X-Hub-Signature-256 came 2 times", "refused"
            ),
            (
                ["--header", "X-Hub-Signature-256: sha256=00"],
                "does not have the form expected: 32 bytes in lower-case hexadecimal", "refused"
            ),
        ])
    func missing(headers: [String], refusal: String, finding: String) throws {
        let result = try Run().verify(["--verify", "github"] + headers, "{}")
        #expect(result.status == 1)
        #expect(result.errors.contains("refused: \(refusal)") || result.errors.contains(refusal), "\(result.errors)")
        #expect(result.errors.contains(finding), "\(result.errors)")
    }

    @Test(
        "What is used wrongly says so, and how it is right",
        arguments: [
            (["--verify", "githup"], "did you mean github?"), ([], "--verify is missing"),
            (["--verify", "github", "x"], "takes no operand"),
            (["--verify", "github", "--at", "now"], "--at is a time in seconds"),
            (["--verify", "github", "--tolerance", "0"], "--tolerance is a number of seconds"),
            (["--verify", "github", "--header", "novalue"], "--header is 'Name: value'"),
            (["--verify", "square"], "--url is missing, and square signs the address"),
            (["--verify", "github", "--request", "/nonexistent"], "--request: "),
            (
                ["--verify", "github", "--other-secret", "geheim"],
                "--other-secret: a source is neither file:PATH nor env:NAME"
            ),
        ])
    func usage(arguments: [String], message: String) throws {
        // Nothing is written to a program that may end without reading.
        let result = try Run().verify(arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test(
        "A whole request is read from a file, whatever ends its lines, with its chunks put together",
        arguments: ["\n", "\r\n"], [false, true])
    func request(lineEnd: String, isChunked: Bool) throws {
        let run = try Run()
        let url = "https://hooks.example.com"
        let signed = try run.sign("square", "{\"a\":1}\n", ["--url", url + "/in?a=b", "--at", "1760000000"])
        let headers =
            signed.filter { $0 != "--header" } + ["Host: hooks.example.com"]
            + (isChunked ? ["Transfer-Encoding: chunked"] : [])
        let body = isChunked ? "8\r\n{\"a\":1}\n\r\n0\r\n\r\n" : "{\"a\":1}\n"
        let text = (["POST /in?a=b HTTP/1.1"] + headers + ["", body]).joined(separator: lineEnd)
        let file = try run.sandbox.write("request", text)
        for more in [[], ["--url", url]] {
            let result = try run.verify(["--verify", "square", "--request", file] + more)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("taken for \(url) here") == more.isEmpty)
        }
        #expect(try run.verify(["--verify", "square", "--request", "-"], text).status == 0)
        #expect(
            try run.verify(["--verify", "square", "--request", file, "--url", "https://other.example/in?a=b"]).status
                == 1)
    }

    @Test("A file that holds no request is refused")
    func noRequest() throws {
        let run = try Run()
        for (text, message) in [("", "holds no headers"), ("POST / HTTP/1.1\nnothing\n\n", "line 2 is no header")] {
            let file = try run.sandbox.write("request", text)
            let result = try run.verify(["--verify", "github", "--request", file])
            #expect(result.status == 2)
            #expect(result.errors.contains(message), "\(result.errors)")
        }
    }

    @Test("The verdict as JSON is one object")
    func json() throws {
        let run = try Run()
        let headers = try run.sign("stripe", #"{"id":"evt_1","type":"a.b"}"#, ["--at", "1760000000"])
        let arguments = ["--verify", "stripe", "--json", "--at", "1760000000"] + headers
        func object(_ body: String, _ status: Int32) throws -> [String: Any] {
            let result = try run.verify(arguments, body)
            #expect(result.status == status)
            return try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any] ?? [:]
        }
        let verified = try object(#"{"id":"evt_1","type":"a.b"}"#, 0)
        #expect(verified["verdict"] as? String == "verified")
        #expect(verified["id"] as? String == "evt_1")
        #expect(verified["type"] as? String == "a.b")
        #expect(verified["timestamp"] as? Int == 1_760_000_000_000)
        let refused = try object(#"{"id": "evt_1", "type": "a.b"}"#, 1)
        #expect(refused["verdict"] as? String == "refused")
        let findings = refused["findings"] as? [[String: Any]]
        #expect(findings?.first?["mistake"] as? String == "body-json")
        #expect(findings?.first?["proved"] as? Bool == true)
    }

    @Test("A secret that is of no use under the sender's rule is still tried as what it may be meant to be")
    func useless() throws {
        let run = try Run(secret: "whsec_c2VjcmV0\n")
        let headers = try run.sign("standard-webhooks", "{}")
        let other = "file:" + (try run.sandbox.write("copied", "\"whsec_c2VjcmV0\"\n"))
        let result = try run.verify(["--verify", "standard-webhooks"] + headers, "{}", secret: other)
        #expect(result.status == 2)
        #expect(
            result.errors.contains("cause: it matches if the quotes around the secret are taken off"),
            "\(result.errors)")
        #expect(result.errors.contains("is no base 64"))
    }

    @Test("Another secret that is meant is found among those that are given")
    func other() throws {
        let run = try Run()
        let headers = try run.sign("github", "{}")
        let wrong = "file:" + (try run.sandbox.write("wrong", "another\n"))
        let result = try run.verify(
            ["--verify", "github", "--other-secret", run.secret] + headers, "{}", secret: wrong)
        #expect(result.status == 1)
        #expect(
            result.errors.contains("cause: it matches under another secret, that in line 1 of \(run.secret)"),
            "\(result.errors)")
    }

    @Test("A captured request says as of when it is right, and is right then")
    func captured() throws {
        let run = try Run()
        let headers = try run.sign("stripe", "{}", ["--at", "1760000000"])
        let result = try run.verify(["--verify", "stripe"] + headers, "{}")
        #expect(result.status == 1)
        #expect(result.errors.contains("--at 1760000000"), "\(result.errors)")
        #expect(try run.verify(["--verify", "stripe", "--at", "1760000000"] + headers, "{}").status == 0)
        #expect(
            try run.verify(["--verify", "stripe", "--tolerance", "30000000", "--at", "1770000000"] + headers, "{}")
                .status == 0)
    }
}
