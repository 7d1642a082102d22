import Verification

/// What nginx's directives do to the requests of one location, beside its parameters.
struct NginxFacts {
    private let scope: NginxScope
    private let location: ConfiguredLocation
    private let place: ConfigurationPlace

    init(_ scope: NginxScope, _ location: ConfiguredLocation, pass: NginxDirective) {
        self.scope = scope
        self.location = location
        place = pass.place
    }

    var findings: [ConfigurationFinding] {
        missing + addresses + body + answers
    }

    /// What nginx's own file `fastcgi_params` would have sent.
    private var missing: [ConfigurationFinding] {
        let sent = Set(location.parameters.map(\.name))
        let remedy = "put include fastcgi_params; into the location, as its own fastcgi_param drop those around it"
        let needed: [(name: String, use: String)] = [
            ("REQUEST_METHOD", "no request has a verb"), ("CONTENT_LENGTH", "a body that was cut short is not noticed"),
            ("CONTENT_TYPE", "forms are not told from JSON"), ("QUERY_STRING", "queries get no input from the address"),
            ("REQUEST_URI", "the address is not known as it was called"), ("REMOTE_ADDR", "nobody's address is known"),
        ]
        return needed.filter { !sent.contains($0.name) }.map { name, use in
            let text = "\(name) is not sent, so \(use); \(remedy)"
            return name == "REQUEST_METHOD" || name == "REQUEST_URI" ? .error(place, text) : .warning(place, text)
        }
    }

    /// What could make the address of the sender somebody else's to say.
    private var addresses: [ConfigurationFinding] {
        guard location.readsAddresses else { return [] }
        var findings = scope["set_real_ip_from"].compactMap { directive in
            directive.argument.flatMap { TrustedProxies.finding($0, of: directive.name, directive.place) }
        }
        let sent = location.parameters.filter { $0.name == "REMOTE_ADDR" }
        if sent.count > 1, let last = sent.last {
            findings.append(.error(last.place, "REMOTE_ADDR is sent twice, so that ip= lets nobody in; leave one of the two"))
        }
        return findings
    }

    private var body: [ConfigurationFinding] {
        var findings: [ConfigurationFinding] = []
        func own(_ name: String) -> ConfigurationPlace { scope[name].last?.place ?? place }
        if scope.arguments("fastcgi_pass_request_body")?.first == "off" {
            findings.append(.error(own("fastcgi_pass_request_body"), "bodies are not passed on, so nothing can be verified; remove fastcgi_pass_request_body off"))
        }
        if scope.arguments("fastcgi_pass_request_headers")?.first == "off" {
            findings.append(.error(own("fastcgi_pass_request_headers"), "headers are not passed on, signatures among them; remove fastcgi_pass_request_headers off"))
        }
        if scope.arguments("fastcgi_request_buffering")?.first == "off" {
            findings.append(
                .warning(
                    own("fastcgi_request_buffering"),
                    "bodies are passed on as they arrive: each slow sender holds a thread of Postern, and a chunked body comes without its "
                        + "length; remove fastcgi_request_buffering off"))
        }
        if scope.isOn("underscores_in_headers") {
            findings.append(
                .warning(
                    own("underscores_in_headers"),
                    "X_Signature and X-Signature then arrive under one name, so that a stranger's copy of a header makes a request doubtful; "
                        + "remove underscores_in_headers on"))
        }
        if let size = scope.arguments("client_max_body_size")?.first.flatMap(Self.bytes), size > 0, size < maximumBody {
            findings.append(
                .warning(own("client_max_body_size"), "nginx refuses bodies over \(size) bytes, before POSTERN_MAX_BODY (\(maximumBody) bytes) counts"))
        }
        return findings
    }

    private var answers: [ConfigurationFinding] {
        var findings: [ConfigurationFinding] = []
        func own(_ name: String) -> ConfigurationPlace { scope[name].last?.place ?? place }
        if scope.isOn("fastcgi_intercept_errors") {
            findings.append(
                .warning(own("fastcgi_intercept_errors"), "senders get nginx's pages in place of Postern's answers; remove fastcgi_intercept_errors on"))
        }
        if let zone = scope.arguments("fastcgi_cache")?.first, zone != "off" {
            findings.append(.error(own("fastcgi_cache"), "answers are cached and given to others, without their signature being looked at; write fastcgi_cache off"))
        }
        if !scope["limit_req"].isEmpty, scope.arguments("limit_req_status")?.first ?? "503" == "503" {
            findings.append(
                .warning(own("limit_req"), "what limit_req refuses is answered 503 without Retry-After; write limit_req_status 429"))
        }
        if let seconds = scope.arguments("fastcgi_read_timeout")?.first.flatMap(Self.seconds), let deadline, seconds <= deadline {
            findings.append(
                .warning(
                    own("fastcgi_read_timeout"),
                    "nginx gives up after \(seconds) s, before Postern answers at its deadline (\(deadline) s); raise fastcgi_read_timeout"))
        }
        return findings
    }

    private var maximumBody: Int {
        location.value(.maximumBody).flatMap(Self.bytes) ?? 1 << 20
    }

    /// Seconds of `POSTERN_DEADLINE`, or what counts where it is not set; nil where that is not known.
    private var deadline: Int? {
        if let text = location.value(.deadline) { return Int(text) }
        return location.value(.verify).flatMap { try? VerificationRule($0) }.map { Int($0.deadline / 1_000) }
    }

    /// `1m`, `512k`, `100`
    private static func bytes(_ text: String) -> Int? {
        let shifts: [Character: Int] = ["k": 10, "m": 20, "g": 30]
        guard let last = text.last else { return nil }
        let shift = shifts[Character(last.lowercased())]
        guard let number = Int(shift == nil ? text[...] : text.dropLast()), number >= 0, number <= 1 << 30 else { return nil }
        return number << (shift ?? 0)
    }

    /// `60s`, `1m`, `30`
    private static func seconds(_ text: String) -> Int? {
        if text.hasSuffix("ms") { return Int(text.dropLast(2)).map { $0 / 1000 } }
        if text.hasSuffix("s") { return Int(text.dropLast()) }
        if text.hasSuffix("m") { return Int(text.dropLast()).map { $0 * 60 } }
        return Int(text)
    }
}
