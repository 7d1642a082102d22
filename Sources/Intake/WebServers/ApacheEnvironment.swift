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
    fileprivate struct Variable {
        var name: String
        var value: String
        var place: ConfigurationPlace
    }

    private var variables: [Variable]
    /// Directives that set a setting by what a request says, or in a way that does not count.
    private let doubtful: [ApacheDirective]
    /// `ProxyFCGISetEnvIf "true"`, which counts with mod_proxy_fcgi only.
    private let proxied: [Variable]
    /// A second line of one section, which takes the first one's place without a word.
    private let twice: [ApacheDirective]
    /// What should have removed a variable that is still there.
    private let idle: [ApacheDirective]
    private let hasRewrites: Bool

    init(_ directives: ApacheDirectives) {
        let levels = directives.base.map(Level.init)
        let sections = directives.sections.map(Level.init)
        let base = levels.reduce(Level([])) { $0.merged(with: $1) }
        // Apache puts the sections of one address together before it puts them on what is around them.
        let merged = sections.dropFirst().reduce(sections.first ?? Level([])) { $0.merged(with: $1) }
        variables = base.merged(with: merged).variables
        twice = (levels + sections).flatMap(\.twice)
        let left = Set(variables.map(\.name))
        idle = directives.all.filter { $0.name == "unsetenv" && $0.arguments.contains { $0.hasPrefix(SettingName.prefix) && left.contains($0) } }
        hasRewrites = directives.all.contains { $0.name == "rewriterule" }
        let certain = directives.all.filter(\.isCertainProxySetting)
        proxied = certain.map { Variable(name: $0.arguments[1], value: $0.arguments[2], place: $0.place) }
        doubtful = directives.all.filter { $0.isSetting && $0.name != "setenv" && !certain.contains($0) }
    }

    /// What one section sets and removes.
    private struct Level {
        var variables: [Variable] = []
        var removed: Set<String> = []
        var twice: [ApacheDirective] = []

        init(_ directives: [ApacheDirective]) {
            for directive in directives {
                let arguments = directive.arguments
                switch directive.name {
                case "setenv":
                    let variable = Variable(
                        name: arguments.first ?? "", value: arguments.dropFirst().first ?? "", place: directive.place)
                    if directive.isSetting, variables.contains(where: { $0.name == variable.name }) { twice.append(directive) }
                    set(variable)
                case "unsetenv": removed.formUnion(arguments)
                default: break
                }
            }
        }

        private mutating func set(_ variable: Variable) {
            variables.removeAll { $0.name == variable.name }
            variables.append(variable)
        }

        /// As mod_env does it, which forgets what the inner level removes as soon as it has removed it.
        func merged(with inner: Level) -> Level {
            var merged = self
            for variable in inner.variables { merged.set(variable) }
            merged.variables.removeAll { inner.removed.contains($0.name) }
            merged.removed = []
            return merged
        }
    }

    func names(_ name: SettingName) -> Bool { (variables + proxied).contains { $0.name == name.full } }

    func parameters(_ way: ApacheWay) -> [ConfiguredLocation.Parameter] {
        (variables + (way == .proxy || way == .unknown ? proxied : []))
            // Under CGI the environment is also the process's own.
            .filter { $0.name != SettingName.sendmail || way == .proxy }
            .map { .init(name: $0.name, value: $0.value, place: $0.place) }
    }

    func findings(_ way: ApacheWay, _ title: String) -> [ConfigurationFinding] {
        var findings = twice.map { directive in
            ConfigurationFinding.warning(
                directive.place, "\(title): \(directive.arguments.first ?? "") is set a second time, and the last one counts; leave one")
        }
        findings += idle.map { directive in
            .warning(
                directive.place,
                "\(title): UnsetEnv removes nothing here, as Apache puts the sections of one address together first; have one section only")
        }
        findings += doubtful.compactMap { Self.finding($0, title) }
        if way != .proxy, let first = proxied.first {
            findings.append(.warning(first.place, "\(title): ProxyFCGISetEnvIf counts with mod_proxy_fcgi only; write SetEnv"))
        }
        if hasRewrites, way == .unknown, let first = variables.first(where: { $0.name.hasPrefix(SettingName.prefix) }) {
            findings.append(
                .warning(
                    first.place,
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

    /// Whether it sets a setting to one value whatever a request says.
    fileprivate var isCertainProxySetting: Bool {
        name == "proxyfcgisetenvif" && isSetting && arguments.count == 3 && arguments[0] == "true"
            && !arguments[2].contains("%{") && !arguments[2].contains("$")
    }

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
