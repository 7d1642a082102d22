/// What Apache's directives make of the address that `ip=` goes by.
struct ApacheAddresses {
    private let effective: [ApacheDirective]
    private let title: String
    private let way: ApacheWay

    private static let proxies: Set<String> = ["remoteipinternalproxy", "remoteiptrustedproxy"]
    private static let lists: Set<String> = ["remoteipinternalproxylist", "remoteiptrustedproxylist"]
    /// What Apache itself knows of the connection.
    private static let certain: Set<String> = ["%{REMOTE_ADDR}", "%{CONN_REMOTE_ADDR}"]

    init(_ effective: [ApacheDirective], title: String, _ way: ApacheWay) {
        self.effective = effective
        self.title = title + ": "
        self.way = way
    }

    var findings: [ConfigurationFinding] { trusted + (way == .proxy || way == .unknown ? chosen : []) }

    /// Whom mod_remoteip believes: everybody as long as no proxy is named.
    private var trusted: [ConfigurationFinding] {
        guard let header = effective.last(where: { $0.name == "remoteipheader" }) else { return [] }
        let naming = effective.filter { Self.proxies.contains($0.name) || Self.lists.contains($0.name) }
        guard !naming.isEmpty else {
            let text = "\(title)anybody may say what his address is, so ip= keeps nobody out; name your own proxies by RemoteIPInternalProxy"
            return [.error(header.place, text)]
        }
        return naming.flatMap { directive in
            Self.proxies.contains(directive.name)
                ? directive.arguments.compactMap { TrustedProxies.finding($0, of: directive.title, directive.place, title: title) }
                : directive.arguments.prefix(1).flatMap { listed($0, directive) }
        }
    }

    /// The lines of a file that names proxies.
    private func listed(_ path: String, _ directive: ApacheDirective) -> [ConfigurationFinding] {
        let root = effective.last { $0.name == "serverroot" }?.arguments.first
        let full = path.hasPrefix("/") ? path : root.map { $0 + "/" + path } ?? path
        do throws(FileContents.Failure) {
            return ApacheLines(try FileContents.read(full), file: full).lines.flatMap { line in
                line.words.compactMap { TrustedProxies.finding($0, of: full, line.place, title: title) }
            }
        } catch {
            return [.warning(directive.place, "\(title)whom \(directive.title) lets choose the address is not known: \(error.problem)")]
        }
    }

    /// mod_proxy_fcgi sends what its own directive says in the place of what Apache knows.
    private var chosen: [ConfigurationFinding] {
        effective.compactMap { directive in
            guard directive.name == "proxyfcgisetenvif", directive.arguments.count > 1 else { return nil }
            let (name, value) = (directive.arguments[1], directive.arguments.count > 2 ? directive.arguments[2] : "")
            if name == "!REMOTE_ADDR" || name == "REMOTE_ADDR" && value.isEmpty {
                return .error(directive.place, "\(title)REMOTE_ADDR is taken away, so that ip= lets nobody in; remove this line")
            }
            guard name == "REMOTE_ADDR", !Self.certain.contains(value) else { return nil }
            let isChosen = value.contains("%{") || value.contains("$")
            return .error(
                directive.place,
                isChosen
                    ? "\(title)REMOTE_ADDR is made of \(value), which a request may choose, so ip= keeps nobody out; remove this line, and "
                        + "behind a proxy use mod_remoteip"
                    : "\(title)REMOTE_ADDR is \(value) for every request, so that ip= tells nobody from anybody; remove this line")
        }
    }
}
