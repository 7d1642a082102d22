import Verification

/// What Apache's modules do to the requests of one location, beside its environment.
struct ApacheFacts {
    private let effective: [ApacheDirective]
    private let location: ConfiguredLocation
    private let way: ApacheWay

    init(_ effective: [ApacheDirective], _ location: ConfiguredLocation, _ way: ApacheWay) {
        self.effective = effective
        self.location = location
        self.way = way
    }

    var findings: [ConfigurationFinding] {
        authorization + addresses + (way == .proxy ? proxy : way == .fcgid ? fcgid : [])
    }

    /// Apache keeps `Authorization` from programs unless it is told otherwise.
    private var authorization: [ConfigurationFinding] {
        guard let rule = location.value(.verify).flatMap({ try? VerificationRule($0) }), rule.readsAuthorization else { return [] }
        let isPassed = effective.contains { directive in
            directive.name == "cgipassauth" && directive.arguments.first?.lowercased() == "on"
                || directive.name.hasPrefix("setenvif") && directive.arguments.contains { $0.hasPrefix("HTTP_AUTHORIZATION=") }
        }
        guard !isPassed else { return [] }
        let text = "\(location.title): \(rule.name) sends its credentials in Authorization, which Apache keeps to itself; write CGIPassAuth On"
        return [.error(location.place, text)]
    }

    private var addresses: [ConfigurationFinding] {
        location.readsAddresses ? ApacheAddresses(effective, title: location.title, way).findings : []
    }

    private var proxy: [ConfigurationFinding] {
        var findings: [ConfigurationFinding] = []
        if !effective.contains(where: { $0.name.hasPrefix("setenv") && $0.arguments.contains { $0.hasPrefix("proxy-sendcl") } }) {
            findings.append(
                .warning(
                    location.place,
                    "\(location.title): a chunked body comes without its length, and one that breaks off may pass for a whole one; "
                        + "write SetEnvIf Request_URI . proxy-sendcl=1"))
        }
        return findings + path("mod_proxy_fcgi", "ProxyFCGISetEnvIf \"true\" PATH_INFO \"%{REQUEST_URI}\"")
    }

    /// Modules for FastCGI send no path of their own that would be decoded.
    private func path(_ module: String, _ remedy: String) -> [ConfigurationFinding] {
        let isSent = effective.contains { directive in
            directive.name == "proxyfcgisetenvif" && directive.arguments.dropFirst().first == "PATH_INFO"
                || directive.name.hasPrefix("setenvif") && directive.arguments.contains { $0.hasPrefix("PATH_INFO=") }
        }
        guard !isSent, location.value(.query) == nil else { return [] }
        return [
            .error(
                location.place,
                "\(location.title): \(module) sends no path that queries are found by; write \(remedy), or name the query by "
                    + SettingName.query.full)
        ]
    }

    private var fcgid: [ConfigurationFinding] {
        var findings: [ConfigurationFinding] = []
        let maximum = effective.last { $0.name == "fcgidmaxrequestlen" }?.arguments.first.flatMap { Int($0) } ?? 131_072
        let wanted = location.value(.maximumBody).flatMap(Self.bytes) ?? 1 << 20
        if maximum < wanted {
            findings.append(
                .warning(
                    location.place,
                    "\(location.title): mod_fcgid answers 500 to bodies over \(maximum) bytes; write FcgidMaxRequestLen \(wanted)"))
        }
        if let limit = effective.last(where: { $0.name == "limitrequestbody" }), limit.arguments.first != "0" {
            findings.append(
                .error(
                    limit.place,
                    "\(location.title): under mod_fcgid LimitRequestBody cuts bodies short and makes their length fit; "
                        + "remove it and write FcgidMaxRequestLen"))
        }
        return findings + path("mod_fcgid", "SetEnvIf Request_URI \"^(.*)$\" PATH_INFO=$1")
    }

    private static func bytes(_ text: String) -> Int? {
        let shift = text.hasSuffix("k") ? 10 : text.hasSuffix("m") ? 20 : 0
        return Int(shift == 0 ? text[...] : text.dropLast()).flatMap { $0 <= 1 << 30 ? $0 << shift : nil }
    }
}
