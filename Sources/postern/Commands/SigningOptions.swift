import Glibc
import Intake
import Values
import Verification

/// What `sign`, `send` and `verify` have in common.
enum SigningOptions {
    static let all = [
        Option("verify", "\"SENDER …\"", "the sender or scheme, as in POSTERN_VERIFY"),
        Option("secret", "SOURCE", "file:PATH or env:NAME; may be repeated", repeatable: true),
        Option("at", "UNIXTIME", "the time to sign at or to judge by (now)"),
        Option("method", "METHOD", "the request's verb (POST)"),
        Option("header", "'Name: value'", "a header of the request; may be repeated", repeatable: true),
        workspace,
    ]

    static let workspace = Option("workspace", "DIR", "a workspace whose file senders describes the sender, or that file")

    static func rule(_ arguments: Arguments) throws -> VerificationRule {
        guard let text = arguments["verify"] else { throw UsageError("--verify is missing: name the sender, for example --verify github") }
        let senders = try senders(arguments)
        do throws(SettingProblem) {
            return try VerificationRule(text, senders: senders)
        } catch {
            throw UsageError("--verify \(error.problem); \(error.remedy)")
        }
    }

    /// The senders that `--workspace` describes: a workspace's folder, or its file `senders` itself.
    static func senders(_ arguments: Arguments) throws -> OwnSenders {
        guard let path = arguments["workspace"] else { return OwnSenders() }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw CommandFailure("--workspace \(path) does not exist or cannot be reached") }
        if status.st_mode & S_IFMT == S_IFDIR {
            do throws(SendersFile.Failure) {
                return try SendersFile(workspace: path).load()
            } catch {
                throw CommandFailure(error.description)
            }
        }
        do throws(FileContents.Failure) {
            return OwnSenders(try FileContents.read(path, limit: OwnSenders.maximumByteCount), path: path)
        } catch {
            throw CommandFailure(SendersFile.failure(error).description)
        }
    }

    /// What the files list that `ip=` names.
    static func addresses(_ rule: VerificationRule) throws -> [Network] {
        do throws(SettingProblem) {
            return try AddressLoader(rule).load()
        } catch {
            throw CommandFailure("--verify \(error.problem); \(error.remedy)")
        }
    }

    static func secrets(_ arguments: Arguments, _ rule: VerificationRule) throws -> SecretSet {
        let secrets = try secrets(arguments, option: "secret")
        if rule.needsSecret, secrets.secrets.isEmpty { throw UsageError("--secret is missing: name the file that holds it, file:PATH") }
        return secrets
    }

    /// The secrets of the sources that an option names.
    static func secrets(_ arguments: Arguments, option: String) throws(UsageError) -> SecretSet {
        var secrets = SecretSet()
        for source in arguments.all(option) {
            do throws(SettingProblem) {
                try secrets.add(try bytes(of: source), from: source)
            } catch {
                throw UsageError("--\(option): \(error.problem); \(error.remedy)")
            }
        }
        return secrets
    }

    /// What `verify-token=` names.
    static func verifyTokens(_ rule: VerificationRule) throws(SettingProblem) -> SecretSet {
        var tokens = SecretSet()
        if let source = rule.verifyToken { try tokens.add(try bytes(of: source), from: source) }
        return tokens
    }

    private static func bytes(of source: String) throws(SettingProblem) -> [UInt8] {
        func unusable(_ problem: String, _ remedy: String) -> SettingProblem {
            SettingProblem(.secret, .unusableSecret, problem, remedy: remedy)
        }
        if source.hasPrefix("file:") {
            do throws(FileContents.Failure) {
                return try FileContents.read(String(source.dropFirst(5)), limit: 64 << 10)
            } catch {
                throw unusable(error.problem, "name a file that you may read")
            }
        }
        if source.hasPrefix("env:") {
            let name = String(source.dropFirst(4))
            guard let value = unsafe getenv(name) else { throw unusable("\(source) is not in the environment", "export it") }
            return Array(unsafe String(cString: value).utf8)
        }
        // It may be the secret itself, so it is not repeated.
        throw unusable("a source is neither file:PATH nor env:NAME", "put the secret into a file")
    }

    /// The time in milliseconds since 1970.
    static func time(_ arguments: Arguments) throws(UsageError) -> Int64 {
        guard let text = arguments["at"] else { return Clock.now() }
        guard let seconds = Int64(text), (0...4_102_444_800).contains(seconds) else {
            throw UsageError("--at is a time in seconds since 1970")
        }
        return seconds * 1000
    }

    static func headers(_ arguments: Arguments) throws(UsageError) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for text in arguments.all("header") {
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
                throw UsageError("--header is 'Name: value'")
            }
            // "\r\n" is one Character.
            guard !text.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else {
                throw UsageError("--header holds several lines: give each header a --header of its own")
            }
            let value = text[text.index(after: colon)...]
            headers.append((String(text[..<colon]), String(value.drop { $0 == " " })))
        }
        return headers
    }

    /// Scheme, host and port of an address, and its path with the query.
    static func parts(of url: String) throws(UsageError) -> (origin: String, uri: String) {
        guard let scheme = ["https://", "http://"].first(where: url.hasPrefix), url.utf8.count > scheme.utf8.count else {
            throw UsageError("\(url) is no address: write http://host/path or https://host/path")
        }
        let rest = url.dropFirst(scheme.count)
        guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return (url, "/") }
        let path = rest[end...].prefix { $0 != "#" }
        return (scheme + rest[..<end], path.hasPrefix("/") ? String(path) : "/" + path)
    }

    static func body() throws -> [UInt8] {
        do throws(FileContents.Failure) {
            return try FileContents.readAll(STDIN_FILENO, path: "standard input", limit: 1 << 30)
        } catch {
            throw CommandFailure(error.problem)
        }
    }

    /// The message on standard input, signed as the sender would, and its body as it was before.
    static func signed(_ arguments: Arguments, url: String?) throws -> (message: OutgoingMessage, body: [UInt8]) {
        let rule = try rule(arguments)
        let secrets = try secrets(arguments, rule)
        let time = try time(arguments)
        let parts: (origin: String, uri: String)? = if let url { try Self.parts(of: url) } else { nil }
        let body = try body()
        let message = OutgoingMessage(
            method: arguments["method"] ?? "POST", uri: parts?.uri ?? "/",
            headers: try headers(arguments).map { .init($0.name, $0.value) }, body: body, id: arguments["id"])
        do {
            return (try Signer(rule, secrets: secrets, url: parts?.origin).sign(message, at: time), body)
        } catch let error as SettingProblem {
            throw UsageError("\(error.problem); \(error.remedy)")
        }
    }
}
