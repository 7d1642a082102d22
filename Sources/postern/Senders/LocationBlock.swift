import Verification

/// A location for one sender, as lines of configuration to copy. What is its owner's to fill in are words in capitals,
/// folders, the host, and the name of the query.
struct LocationBlock {
    private let description: SenderDescription
    private var profile: SenderProfile { description.profile }
    private var name: String { profile.name }

    init(_ description: SenderDescription) {
        self.description = description
    }

    /// For nginx, with `postern_params` beside its configuration.
    var nginx: String {
        var lines = remarks(folder: "/etc/postern", database: "/var/lib/postern")
        lines += ["location = /hooks/\(name) {", "    include       postern_params;"]
        for (setting, value) in settings(folder: "/etc/postern", state: "/var/lib/postern", workspaces: "/srv/postern") {
            lines.append("    fastcgi_param \(padded("POSTERN_" + setting.uppercased(), 17)) \(Self.quoted(value));")
        }
        return Self.text(lines + ["}"])
    }

    /// For Apache with mod_proxy_fcgi.
    var apache: String {
        var lines = remarks(folder: "/etc/postern", database: "/var/lib/postern")
        lines += [
            "<LocationMatch \"^/hooks/\(name)$\">", "    SetHandler \"proxy:unix:/run/postern/postern.sock|fcgi://postern/\"",
            "    CGIPassAuth On", "    SetEnvIf Request_URI . proxy-sendcl=1", "    SetEnvIf Request_URI . ap_trust_cgilike_cl=1",
            "    ProxyFCGISetEnvIf \"true\" PATH_INFO \"%{REQUEST_URI}\"", "    ProxyFCGISetEnvIf \"true\" SCRIPT_NAME \"\"",
        ]
        for (setting, value) in settings(folder: "/etc/postern", state: "/var/lib/postern", workspaces: "/srv/postern") {
            lines.append("    SetEnv \(padded("POSTERN_" + setting.uppercased(), 17)) \(Self.quoted(value))")
        }
        return Self.text(lines + ["</LocationMatch>"])
    }

    /// A route file, `NAME.cgi`, for hosts where nobody sets variables.
    var routeFile: String {
        let home = "/home/me/postern"
        var lines = ["#!/home/me/bin/postern"] + remarks(folder: home, database: home)
        var settings = settings(folder: home, state: home, workspaces: home)
        settings.insert(("database", "\(home)/\(name).sqlite"), at: settings.count - 1)
        lines += settings.map { "\(padded($0, 9)) = \($1)" }
        return Self.text(lines)
    }

    /// The settings by the keys that a route file has.
    ///
    /// - Parameters:
    ///   - folder: where secrets lie.
    ///   - state: where Postern may write.
    private func settings(folder: String, state: String, workspaces: String) -> [(String, String)] {
        var settings = [("verify", verify(folder: folder))]
        // What arrives in a handshake is written by Postern.
        if profile.enrols {
            settings += [("secret", "file:\(state)/\(name).secret"), ("name", name)]
        } else if description.rule.needsSecret {
            settings.append(("secret", "file:\(folder)/\(name).secret"))
        }
        if description.rule.needsURL { settings.append(("url", "https://hooks.example.com")) }
        return settings + [("workspace", "\(workspaces)/\(name)"), ("query", "hooks/\(name)")]
    }

    private func verify(folder: String) -> String {
        let example = profile.example(in: folder)
        guard profile.takesVerifyToken else { return example }
        return "\(example) verify-token=file:\(folder)/\(name).verify-token"
    }

    /// What somebody has to know who copies the lines, as comments.
    private func remarks(folder: String, database: String) -> [String] {
        var remarks = profile.requiredParameters.map { "\($0.placeholder): \($0.meaning)" }
        if description.rule.needsURL {
            remarks.append("\(name) signs the address that it calls: its scheme, host and port, as entered there, are the setting url")
        }
        if profile.enrols {
            remarks += [
                "The secret arrives in the handshake. Before the webhook is set up:",
                "  postern events enroll \(name) --database \(database)/\(name).sqlite",
            ]
        } else if description.rule.needsSecret {
            remarks.append("The secret lies in \(folder)/\(name).secret, for Postern's user alone (chmod 600)")
        } else if profile.isKnownByAddress {
            remarks.append("No secret: its addresses, one a line in \(profile.addressFile(in: folder)), are all that tells it from others")
        } else {
            remarks.append("No secret: the keys are published. A file with a key, as the setting secret, pins it")
        }
        if profile.takesVerifyToken { remarks.append("The text that you enter there as verify token lies in \(folder)/\(name).verify-token") }
        if let parameter = description.rule.tokenParameter {
            remarks.append("The address to enter there ends with ?\(parameter)= and the secret")
        }
        remarks += profile.optionalParameters.map { "In verify may also stand \($0.name)=, \($0.meaning)" }
        if !profile.addresses.isEmpty, !profile.isKnownByAddress {
            remarks.append("ip=file:\(profile.addressFile(in: folder)) in verify lets in no address that is not in that file")
        }
        remarks += profile.addresses.map { "Its addresses are \($0.words)" }
        return remarks.map { "# \($0)" }
    }

    private func padded(_ text: String, _ width: Int) -> String { TextColumns.padded(text, width) }

    private static func quoted(_ value: String) -> String {
        "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
