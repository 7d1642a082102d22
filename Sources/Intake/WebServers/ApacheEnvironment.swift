/// How Apache reaches Postern at some address.
enum ApacheWay: Sendable, Equatable {
    /// mod_proxy_fcgi: a server of its own.
    case proxy
    /// mod_fcgid: processes that Apache starts.
    case fcgid
    /// A process a request.
    case cgi
    /// It is not to be seen from here, as in an `.htaccess`.
    case unknown

    init(_ effective: [ApacheDirective], path: String?) {
        let handler = effective.last { $0.name == "sethandler" }?.arguments.first ?? ""
        if handler.hasPrefix("proxy:") {
            self = .proxy
        } else if handler == "fcgid-script" {
            self = .fcgid
        } else if handler == "cgi-script" || effective.contains(where: { $0.isProgram(for: path) }) {
            self = .cgi
        } else {
            self = effective.contains { $0.isProxy(for: path) } ? .proxy : .unknown
        }
    }
}

/// The environment that Apache makes of its directives, as far as it is the same for every request.
struct ApacheEnvironment {
    private struct Variable {
        var value: String
        var place: ConfigurationPlace
    }

    private var variables: [(name: String, variable: Variable)] = []
    /// Directives that set a setting by what a request says, or in a way that does not count.
    private var doubtful: [ApacheDirective] = []
    /// `ProxyFCGISetEnvIf "true"`, which counts with mod_proxy_fcgi only.
    private var proxied: [(name: String, variable: Variable)] = []
    private var twice: [ApacheDirective] = []
    private let hasRewrites: Bool

    init(_ effective: [ApacheDirective]) {
        hasRewrites = effective.contains { $0.name == "rewriterule" }
        for directive in effective {
            let arguments = directive.arguments
            switch directive.name {
            case "setenv": set(arguments.first ?? "", arguments.dropFirst().first ?? "", directive)
            case "unsetenv": variables.removeAll { arguments.contains($0.name) }
            case "proxyfcgisetenvif" where directive.isSetting:
                // A condition that always holds, and a value that holds nothing of the request.
                if arguments.count == 3, arguments[0] == "true", !arguments[2].contains("%{"), !arguments[2].contains("$") {
                    proxied.append((arguments[1], Variable(value: arguments[2], place: directive.place)))
                } else {
                    doubtful.append(directive)
                }
            default:
                if directive.isSetting { doubtful.append(directive) }
            }
        }
    }

    private mutating func set(_ name: String, _ value: String, _ directive: ApacheDirective) {
        if let index = variables.firstIndex(where: { $0.name == name }) {
            let first = variables[index].variable.place
            // Two lines of one section: the second takes the first one's place without a word.
            if first.file == directive.place.file, abs(first.line - directive.place.line) < 30, directive.isSetting { twice.append(directive) }
            variables.remove(at: index)
        }
        variables.append((name, Variable(value: value, place: directive.place)))
    }

    func names(_ name: SettingName) -> Bool { (variables + proxied).contains { $0.name == name.full } }

    func parameters(_ way: ApacheWay) -> [ConfiguredLocation.Parameter] {
        (variables + (way == .proxy || way == .unknown ? proxied : []))
            // Under CGI the environment is also the process's own.
            .filter { $0.name != SettingName.sendmail || way == .proxy }
            .map { .init(name: $0.name, value: $0.variable.value, place: $0.variable.place) }
    }

    func findings(_ way: ApacheWay, _ title: String) -> [ConfigurationFinding] {
        var findings = twice.map { directive in
            ConfigurationFinding.warning(
                directive.place, "\(title): \(directive.arguments.first ?? "") is set a second time, and the last one counts; leave one")
        }
        findings += doubtful.compactMap { Self.finding($0, title) }
        if way != .proxy, let first = proxied.first {
            findings.append(.warning(first.variable.place, "\(title): ProxyFCGISetEnvIf counts with mod_proxy_fcgi only; write SetEnv"))
        }
        if hasRewrites, way == .unknown, let first = variables.first(where: { $0.name.hasPrefix(SettingName.prefix) }) {
            findings.append(
                .warning(
                    first.variable.place,
                    "\(title): behind a RewriteRule of the same file settings arrive as REDIRECT_\(first.name) only, and close the location; "
                        + "have no rewrite between, or use a route file"))
        }
        return findings
    }

    private static func finding(_ directive: ApacheDirective, _ title: String) -> ConfigurationFinding? {
        let name = directive.settingName ?? SettingName.prefix
        switch directive.name {
        case "passenv":
            return .warning(directive.place, "\(title): \(name) is taken from Apache's own environment, which is not known here; write SetEnv")
        case "fcgidinitialenv":
            if name == SettingName.sendmail { return nil }
            return .warning(
                directive.place, "\(title): \(name) is set for the process by FcgidInitialEnv, where a location's settings do not count; write SetEnv")
        case "rewriterule":
            return .error(directive.place, "\(title): \(name) is set by a rewrite and arrives as REDIRECT_\(name), which closes the location; write SetEnv")
        default:
            return .error(
                directive.place, "\(title): \(name) is set by \(directive.title), by what a request says; write SetEnv \(name) with the value")
        }
    }
}

extension ApacheDirective {
    /// The setting that a directive sets, if it does.
    var settingName: String? {
        let prefix = SettingName.prefix
        switch name {
        case "setenv", "fcgidinitialenv": return arguments.first.flatMap { $0.hasPrefix(prefix) ? $0 : nil }
        case "passenv": return arguments.first { $0.hasPrefix(prefix) }
        case "proxyfcgisetenvif": return arguments.dropFirst().first.flatMap { $0.hasPrefix(prefix) ? $0 : nil }
        case "setenvif", "setenvifnocase", "setenvifexpr", "browsermatch", "browsermatchnocase":
            return arguments.dropFirst().first { $0.hasPrefix(prefix) }.map { String($0.prefix { $0 != "=" }) }
        case "rewriterule":
            guard let flags = arguments.dropFirst(2).first,
                let flag = flags.dropFirst().split(whereSeparator: { ",]".contains($0) }).first(where: { $0.hasPrefix("E=" + prefix) })
            else { return nil }
            return String(flag.dropFirst(2).prefix { $0 != ":" })
        default: return nil
        }
    }

    var isSetting: Bool { settingName != nil }

    /// Whether it says that programs lie at an address.
    fileprivate func isProgram(for path: String?) -> Bool {
        switch name {
        case "addhandler": arguments.first == "cgi-script" && path == nil
        case "scriptalias": arguments.count == 2 && (path.map { ApachePaths.below(arguments[0]).contain($0) } ?? false)
        case "scriptaliasmatch": arguments.count == 2 && (path.map { ApachePaths.matches(arguments[0], $0) } ?? false)
        default: false
        }
    }

    /// Whether it passes an address to a FastCGI server.
    fileprivate func isProxy(for path: String?) -> Bool {
        guard arguments.contains(where: { $0.contains("fcgi://") }) else { return false }
        switch name {
        case "proxypass": return arguments.first?.hasPrefix("/") != true || path.map { $0.hasPrefix(arguments[0]) } ?? false
        case "proxypassmatch": return path.map { ApachePaths.matches(arguments[0], $0) } ?? false
        default: return false
        }
    }
}
