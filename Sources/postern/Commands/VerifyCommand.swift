import Glibc
import Intake
import Values
import Verification

/// `postern verify`
enum VerifyCommand: CommandDefinition {
    static let name = "verify"
    static let summary = "Judges one captured request as a location would, and says which check failed and why."
    static let operands = "--verify \"SENDER …\" --secret SOURCE [options] < body"
    static let details = """
        The body comes on standard input, byte for byte; give the headers that came with --header:
          postern verify --verify github --secret file:secret --header 'X-Hub-Signature-256: sha256=…' < body
        or the whole request in a file, as HTTP writes it: POST /path HTTP/1.1, headers, an empty line, the body.
          postern verify --verify github --secret file:secret --request request.txt

        What refuses a request is said first, then what would mend it ("cause"), or may have to do with it ("perhaps").
        A request that was captured earlier is judged as of then with --at.
        Exit status 0: verified, 1: refused, 2: the command or its settings are wrong.
        """
    static let options =
        SigningOptions.all + [
            Option("url", "URL", "the whole address as the sender called it"),
            Option("tolerance", "SECONDS", "as POSTERN_TOLERANCE"),
            Option("address", "IP", "where the request came from, for ip="),
            Option("request", "FILE", "the whole request; - for standard input"),
            Option(
                "other-secret", "SOURCE", "a secret that may be meant instead, to find that out; may be repeated",
                repeatable: true),
            Option("json", nil, "print the verdict as one JSON object"),
        ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else {
            throw UsageError("verify takes no operand; the body comes on standard input")
        }
        let rule = try SigningOptions.rule(arguments)
        let senders = try SigningOptions.senders(arguments)
        let secrets = try SigningOptions.secrets(arguments, rule)
        let tolerance = try tolerance(arguments)
        let time = try SigningOptions.time(arguments)
        let others = try SigningOptions.secrets(arguments, option: "other-secret")
        for warning in secrets.warnings { Standard.error("warning: \(warning)\n") }
        let peer = try peer(arguments, rule)
        let addresses = try SigningOptions.addresses(rule)
        var request = try request(arguments)
        request.peer = peer
        let url = try url(arguments, rule, request)
        let isJSON = arguments.contains("json")
        let verifier: Verifier
        let diagnosis: Diagnosis
        do throws(SettingProblem) {
            let tokens = try SigningOptions.verifyTokens(rule)
            diagnosis = Diagnosis(
                rule, secrets: secrets, url: url, tolerance: tolerance, verifyTokens: tokens, others: others,
                senders: senders)
            do throws(SettingProblem) {
                verifier = try Verifier(
                    rule, secrets: secrets, url: url, tolerance: tolerance, verifyTokens: tokens, addresses: addresses)
            } catch {
                // A secret that is no use may be the right one with something copied along.
                if error.kind == .unusableSecret { tell(diagnosis.examine(request, at: time)) }
                throw error
            }
        } catch {
            throw UsageError("\(error.problem); \(error.remedy)")
        }
        let verdict = VerifyVerdict(verifier.verify(request, at: time), secrets) {
            diagnosis.examine(request, at: time)
        }
        if isJSON { Standard.output(verdict.json + "\n") } else { tell(verdict) }
        guard verdict.isGood else { throw CommandFailure() }
    }

    private static func tell(_ verdict: VerifyVerdict) {
        let text = verdict.lines.map { Log.escaped($0) + "\n" }.joined()
        if verdict.isGood { Standard.output(text) } else { Standard.error(text) }
        tell(verdict.findings)
    }

    private static func tell(_ findings: [Finding]) {
        for finding in findings {
            Standard.error("\(finding.isProved ? "cause" : "perhaps"): \(Log.escaped(finding.sentence))\n")
        }
    }

    /// `--address`, which a rule with `ip=` needs.
    private static func peer(_ arguments: Arguments, _ rule: VerificationRule) throws(UsageError) -> PeerAddress {
        guard let text = arguments["address"] else {
            guard rule.addresses == nil else {
                throw UsageError(
                    "--address is missing: with ip= it counts where the request came from, --address 192.0.2.1")
            }
            return .missing
        }
        guard let address = IPAddress(text) else {
            throw UsageError("--address is an IP address: 192.0.2.1 or 2001:db8::1")
        }
        return .address(address)
    }

    private static func tolerance(_ arguments: Arguments) throws(UsageError) -> Int64? {
        guard let text = arguments["tolerance"] else { return nil }
        guard let seconds = Int64(text), seconds > 0 else { throw UsageError("--tolerance is a number of seconds") }
        return seconds
    }
}

extension VerifyCommand {
    /// What the options and standard input, or a file, hold.
    private static func request(_ arguments: Arguments) throws -> CapturedRequest {
        let headers = try SigningOptions.headers(arguments).map { (name: $0.name, value: Array($0.value.utf8)) }
        let parts = try arguments["url"].map { url throws(UsageError) in try SigningOptions.parts(of: url) }
        if let path = arguments["request"] {
            var request = try CapturedRequest(http: path == "-" ? SigningOptions.body() : contents(path))
            request.headers += headers
            if let method = arguments["method"] { request.method = method }
            // An address with a path is the one that is meant; without one it says only whose.
            if let uri = parts?.uri, uri != "/" { request.uri = Array(uri.utf8) }
            return request
        }
        if isatty(STDIN_FILENO) == 1 {
            Standard.error("The body is read from standard input; < FILE gives it from a file\n")
        }
        return CapturedRequest(
            method: arguments["method"] ?? "POST", uri: Array((parts?.uri ?? "/").utf8), headers: headers,
            body: try SigningOptions.body())
    }

    private static func contents(_ path: String) throws(UsageError) -> [UInt8] {
        do throws(FileContents.Failure) {
            return try FileContents.read(path, limit: 1 << 30)
        } catch {
            throw UsageError("--request: \(error.problem)")
        }
    }

    /// Scheme, host and port as the sender sees them. Where nobody says, they are taken from the request's `Host`: a
    /// location would not, for that is the client's to forge.
    private static func url(_ arguments: Arguments, _ rule: VerificationRule, _ request: CapturedRequest)
        throws(UsageError) -> String?
    {
        if let url = arguments["url"] { return try SigningOptions.parts(of: url).origin }
        guard rule.needsURL else { return nil }
        guard let host = request.values(ofHeader: "Host").first.map({ String(decoding: $0, as: UTF8.self) }),
            !host.isEmpty
        else {
            throw UsageError(
                "--url is missing, and \(rule.name) signs the address that it calls: give it whole, as the sender has "
                    + "it"
            )
        }
        Standard.error(
            "note: \(rule.name) signs the address, which is taken for https://\(Log.escaped(host)) here; --url says "
                + "another\n"
        )
        return "https://\(host)"
    }
}
