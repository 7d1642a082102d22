import Glibc
import Intake
import Outbound
import Verification

/// `postern selftest`
enum SelftestCommand: CommandDefinition {
    static let name = "selftest"
    static let summary = "Sends good and forged events to a live location, and says whether what it makes of each is right."
    static let operands = "URL --verify \"SENDER …\" --secret SOURCE [options] [< body]"
    static let details = """
        The good events are real ones: the location keeps them and runs its stack on them. A sample says in its type and
        its text that it is one, and has an id that begins with postern-selftest; --only-refused sends none of them.
        Give the location's own settings; a body on standard input takes the place of the sample. Where the secret is a
        public key, only what must be refused is sent: name a private key that the location trusts to try the rest.

        Exit status 0: everything is as it should be; 1: something is not, or the location cannot be reached.
        """
    static let options = [
        Option("verify", "\"SENDER …\"", "the location's POSTERN_VERIFY"),
        Option("secret", "SOURCE", "the location's secret, file:PATH or env:NAME; may be repeated", repeatable: true),
        SigningOptions.workspace,
        Option("url", "URL", "the location's POSTERN_URL, if the sender calls another address than the one given here"),
        Option("tolerance", "SECONDS", "the location's POSTERN_TOLERANCE (the sender's own)"),
        Option("dedupe", "RULE", "the location's POSTERN_DEDUPE (auto)"),
        Option("max-body", "SIZE", "the location's POSTERN_MAX_BODY (1m)"),
        Option("method", "METHOD", "the requests' verb (POST)"),
        Option("header", "'Name: value'", "a header of each request; may be repeated", repeatable: true),
        Option("type", "TYPE", "what a sample says that it is about (postern.selftest)"),
        Option("only-refused", nil, "send only what must be refused: no stack runs"),
        Option("cacert", "FILE", "the authorities that vouch for the location's certificate (the host's own)"),
        Option("timeout", "SECONDS", "how long to wait for each answer (30)"),
        Option("json", nil, "print JSON, one object a line"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard let url = arguments.operands.first, arguments.operands.count == 1 else {
            throw UsageError("selftest takes the address of one location")
        }
        let target = try SigningOptions.parts(of: url)
        let rule = try SigningOptions.rule(arguments)
        let secrets = try SigningOptions.secrets(arguments, rule)
        for warning in secrets.warnings { Standard.error("warning: \(warning)\n") }
        let probes = try probes(rule, secrets, try settings(arguments, rule, target))
        if !probes.canSign, rule.provesSender {
            Standard.error("note: nobody here can sign as the sender, so only what must be refused is sent\n")
        }
        let client = ProbeClient(
            origin: target.origin, try certificates(arguments), milliseconds: try timeout(arguments))
        var run = SelftestRun(
            probes: probes, client: client, report: SelftestReport(isJSON: arguments.contains("json")),
            onlyRefused: arguments.contains("only-refused"))
        try run.perform()
        run.report.finish()
        if run.report.hasWrong { throw CommandFailure() }
    }

    private static func probes(
        _ rule: VerificationRule, _ secrets: SecretSet, _ settings: ProbeSettings
    ) throws -> Probes {
        do {
            return try Probes(rule, secrets: secrets, verifyTokens: try SigningOptions.verifyTokens(rule), settings)
        } catch let error as SettingProblem {
            throw UsageError("\(error.problem); \(error.remedy)")
        } catch let error as SigningError {
            throw UsageError("the sender cannot have sent this: \(error)")
        }
    }

    // MARK: Options

    private static func settings(
        _ arguments: Arguments, _ rule: VerificationRule, _ target: (origin: String, uri: String)
    ) throws -> ProbeSettings {
        var settings = ProbeSettings()
        settings.uri = target.uri
        settings.url = rule.needsURL ? target.origin : nil
        if let url = arguments["url"] {
            let parts = try SigningOptions.parts(of: url)
            guard parts.uri == "/" || parts.uri == target.uri else {
                throw UsageError("--url has another path than the address that is called: leave the path out")
            }
            settings.url = parts.origin
        }
        if let method = arguments["method"] { settings.method = method }
        if let type = arguments["type"] { settings.eventType = type }
        settings.tolerance = try seconds(arguments, "tolerance")
        settings.dedupe = try dedupe(arguments)
        if let size = arguments["max-body"] { settings.maximumBody = try bytes(size) }
        settings.headers = try SigningOptions.headers(arguments)
        if !settings.headers.contains(where: { $0.name.lowercased() == "user-agent" }) {
            settings.headers.append(("User-Agent", "postern-selftest"))
        }
        // At a terminal nobody means to type a body.
        if isatty(STDIN_FILENO) == 0 {
            let body = try SigningOptions.body()
            if !body.isEmpty { settings.body = body }
        }
        return settings
    }

    private static func dedupe(_ arguments: Arguments) throws(UsageError) -> DedupeRule? {
        guard let text = arguments["dedupe"] else { return nil }
        do throws(SettingProblem) {
            return try DedupeRule(text)
        } catch {
            throw UsageError("--dedupe \(error.problem); \(error.remedy)")
        }
    }

    private static func seconds(_ arguments: Arguments, _ name: String) throws(UsageError) -> Int64? {
        guard let text = arguments[name] else { return nil }
        guard let seconds = Int64(text), seconds > 0 else { throw UsageError("--\(name) is a number of seconds") }
        return seconds
    }

    private static func timeout(_ arguments: Arguments) throws(UsageError) -> Int64 {
        let seconds = try seconds(arguments, "timeout") ?? 30
        guard seconds <= 3_600 else { throw UsageError("--timeout is at most 3600 seconds") }
        return seconds * 1_000
    }

    /// As `POSTERN_MAX_BODY` is written.
    private static func bytes(_ text: String) throws(UsageError) -> Int {
        let shift = text.hasSuffix("k") ? 10 : text.hasSuffix("m") ? 20 : 0
        let largest = 1 << 30
        guard let number = Int(shift == 0 ? text[...] : text.dropLast()), number >= 1, number <= largest >> shift else {
            throw UsageError("--max-body is a size, as 64k or 1m, at most 1024m")
        }
        return number << shift
    }

    private static func certificates(_ arguments: Arguments) throws -> TLSCertificates {
        var certificates = TLSCertificates()
        guard let path = arguments["cacert"] else { return certificates }
        do throws(FileContents.Failure) {
            certificates.authority = try FileContents.read(path, limit: 4 << 20)
        } catch {
            throw UsageError("--cacert: \(error.problem)")
        }
        return certificates
    }
}
