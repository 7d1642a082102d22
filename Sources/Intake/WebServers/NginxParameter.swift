/// One `fastcgi_param` with its variables put in.
struct NginxParameter {
    let parameter: ConfiguredLocation.Parameter
    /// Whether nginx sends it at all.
    let isSent: Bool
    let findings: [ConfigurationFinding]

    /// What the names of variables begin with that whoever sends a request fills as he likes.
    private static let requestedGroups = ["http_", "arg_", "cookie_", "request"]
    /// Others of that kind.
    private static let requested: Set<String> = [
        "args", "query_string", "is_args", "uri", "document_uri", "host", "content_type", "content_length", "remote_user",
        "proxy_add_x_forwarded_for",
    ]

    private static func isRequested(_ variable: String) -> Bool {
        let name = variable.dropFirst()
        // A number is what a pattern has matched in the address.
        return requestedGroups.contains(where: name.hasPrefix) || requested.contains(String(name))
            || name.allSatisfy(\.isWholeNumber)
    }

    var isSetting: Bool { parameter.name.hasPrefix(SettingName.prefix) }

    init(_ directive: NginxDirective, _ scope: NginxScope) {
        let arguments = directive.arguments
        let name = arguments.first ?? ""
        let (value, unknown) = scope.text(arguments.dropFirst().first ?? "")
        parameter = .init(name: name, value: value, place: directive.place, isKnown: unknown.isEmpty)
        let isOptional = arguments.count > 2 && arguments[2] == "if_not_empty"
        isSent = !(isOptional && value.isEmpty)
        findings = Self.findings(name, value, unknown, isOptional: isOptional, directive.place)
    }

    private static func findings(
        _ name: String, _ value: String, _ unknown: [String], isOptional: Bool, _ place: ConfigurationPlace
    ) -> [ConfigurationFinding] {
        if name == "REMOTE_ADDR" || name.hasPrefix(SettingName.prefix),
            let variable = unknown.first(where: isRequested)
        {
            return [.error(place, "\(name): is made of \(variable), which is whatever a request says; write the value itself")]
        }
        guard name.hasPrefix(SettingName.prefix) else { return [] }
        var findings: [ConfigurationFinding] = []
        if let variable = unknown.first {
            findings.append(.warning(place, "\(name): holds \(variable), whose value is not known here, so it is not checked"))
        }
        if isOptional {
            let what = value.isEmpty ? "is empty, so that if_not_empty leaves it out" : "is left out by if_not_empty where it is empty"
            findings.append(.warning(place, "\(name): \(what), where a location should be closed; leave out if_not_empty"))
        }
        return findings
    }
}
