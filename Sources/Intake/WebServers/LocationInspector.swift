import FunctionStack
import Glibc
import Outbound
import Storage
import Verification
import XanoScript

/// Judges configured locations as the first request to each would, without serving any or making a database.
package struct LocationInspector {
    private let opener: LocationOpener
    /// Workspaces that were read, by their folders.
    private var workspaces: [String: Result<ActiveWorkspace, WorkspaceProblem>] = [:]
    /// Where a database is first named, and for which workspace.
    private var databases: [String: (workspace: String, place: ConfigurationPlace)] = [:]
    /// Where a location's name is first given, and to which settings.
    private var names: [String: (settings: [String: String], place: ConfigurationPlace)] = [:]

    /// - Parameter rules: what files have to be; the process's user is whom they have to suit.
    package init(rules: FileRules) {
        let log = Log()
        opener = LocationOpener(
            rules: rules, deployments: Deployments(use: .singleRequest, timer: DeadlineTimer(), log: log), sendmail: Sendmail())
    }

    /// Everything that is to be said of a location, in the order of importance.
    package mutating func findings(_ location: ConfiguredLocation) -> [ConfigurationFinding] {
        var findings = location.findings
        guard let settings = settings(location, &findings) else { return findings }
        inspectName(settings, location, &findings)
        inspectSender(settings, location, &findings)
        inspectWorkspace(settings, location, &findings)
        return findings.filter { $0.severity == .error } + findings.filter { $0.severity != .error }
    }

    /// The settings, if they have a form in which they can be read.
    private func settings(_ location: ConfiguredLocation, _ findings: inout [ConfigurationFinding]) -> LocationSettings? {
        var entries = SettingEntries(style: .parameters)
        var isWhole = true
        for parameter in location.settings {
            do throws(SettingError) {
                try entries.add(String(parameter.name.dropFirst(SettingName.prefix.count)), value: Array(parameter.value.utf8))
            } catch {
                isWhole = false
                findings.append(.error(parameter.place, "\(location.title): \(error)"))
            }
            if parameter.holdsSecret {
                findings.append(
                    .warning(
                        parameter.place,
                        "\(location.title): \(parameter.name) looks like a secret, and is kept in the database; put it into a file "
                            + "and name that by \(SettingName.environmentFile.full)"))
            }
        }
        guard isWhole else { return nil }
        do throws(SettingError) {
            return try LocationSettings(entries, documentRoot: location.documentRoot)
        } catch {
            findings += Self.findings(error, location)
            return nil
        }
    }

    private mutating func inspectName(
        _ settings: LocationSettings, _ location: ConfiguredLocation, _ findings: inout [ConfigurationFinding]
    ) {
        guard let name = settings.entries[.name] else { return }
        // A fallback has the same settings, word for word.
        if let first = names[name], first.settings != settings.entries.values {
            findings.append(
                .warning(
                    location.place(of: SettingName.name.full),
                    "\(location.title): \(name) is the name of another location as well (\(first.place)), so that events of one may "
                        + "pass for those of the other; give each its own"))
        } else {
            names[name] = (settings.entries.values, location.place)
        }
    }

    private func inspectSender(
        _ settings: LocationSettings, _ location: ConfiguredLocation, _ findings: inout [ConfigurationFinding]
    ) {
        do throws(SettingError) {
            let parts = try opener.read(settings)
            findings += parts.warnings.map { .warning(location.place, "\(location.title): \($0)") }
            if parts.verifier.awaitsSecret { try Self.checkCanArrive(settings) }
        } catch {
            findings += Self.findings(error, location)
        }
        // How its sender behaves is known even where its secret is not there yet.
        guard let rule = try? opener.verificationRule(settings) else { return }
        let dedupe = settings.dedupe.flatMap { try? DedupeRule($0) } ?? .automatic
        let sentences = ["it verifies \(settings.verify)"] + rule.explanation(dedupe) + AddressAdvice.sentences(rule, at: Clock.now())
        findings += sentences.map { ConfigurationFinding(severity: .note, place: location.place, text: "\(location.title): \($0)") }
    }

    private mutating func inspectWorkspace(
        _ settings: LocationSettings, _ location: ConfiguredLocation, _ findings: inout [ConfigurationFinding]
    ) {
        do throws(SettingError) {
            try opener.deployments.check(settings, opener.rules)
            let workspace = try workspace(settings)
            try workspace.check(settings)
            let database = try opener.deployments.database(of: settings, named: workspace.workspace.name, opener.rules)
            try Self.checkDatabase(database, of: workspace.workspace.name, settings)
            guard let first = databases[database] else {
                databases[database] = (settings.workspace, location.place)
                return
            }
            guard first.workspace != settings.workspace else { return }
            throw SettingError(
                settings.entries.title(.database), "\(database) is also that of the workspace \(first.workspace) (\(first.place))",
                remedy: "give the two workspaces a database each")
        } catch {
            findings += Self.findings(error, location)
        }
    }

    /// Whether a database that is there already is this workspace's; nothing is written to it.
    private static func checkDatabase(_ path: String, of name: String, _ settings: LocationSettings) throws(SettingError) {
        let title = settings.entries.title(.database)
        try checkIsWritable(folder(of: path), title)
        guard FileContents.fingerprint(path) != nil else { return }
        try checkIsWritable(path, title)
        do {
            try Connection(.reader(path)).prepare(workspace: name, schemas: [])
        } catch let error as SchemaError {
            // An older one is brought up to date when it is served.
            if case .outdated = error.reason { return }
            throw SettingError(
                settings.entries.title(.database), "cannot be used: \(error)", remedy: "name a file that is Postern's own")
        } catch {
            throw SettingError(
                settings.entries.title(.database), "\(path) cannot be opened: \(error)", remedy: "let Postern's user read and write it")
        }
    }

    /// Whether the secret that a handshake brings could be kept.
    private static func checkCanArrive(_ settings: LocationSettings) throws(SettingError) {
        guard case .file(let path)? = settings.secrets.first else { return }
        try checkIsWritable(folder(of: path), settings.entries.title(.secret))
    }

    private static func checkIsWritable(_ path: String, _ title: String) throws(SettingError) {
        guard unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0, errno == EACCES || errno == EROFS else { return }
        throw SettingError(
            title, "\(path) may not be written by user id \(geteuid())", remedy: "let Postern's user write there")
    }

    private static func folder(of path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        return "/" + parts.dropLast().joined(separator: "/")
    }

    private mutating func workspace(_ settings: LocationSettings) throws(SettingError) -> ActiveWorkspace {
        let known = workspaces[settings.workspace]
        let result = known ?? Result { () throws(WorkspaceProblem) in try ActiveWorkspace(directory: settings.workspace) }
        workspaces[settings.workspace] = result
        do throws(WorkspaceProblem) {
            return try result.get()
        } catch {
            throw SettingError(settings.entries.title(.workspace), error.problem, remedy: error.remedy)
        }
    }

    /// None about a setting whose value is not known.
    private static func findings(_ error: SettingError, _ location: ConfiguredLocation) -> [ConfigurationFinding] {
        location.isUnknown(error.setting) ? [] : [.error(location.place(of: error.setting), "\(location.title): \(error)")]
    }
}

extension ConfiguredLocation.Parameter {
    /// Whether it is a variable of a stack whose name says that its value should be known to few.
    fileprivate var holdsSecret: Bool {
        let prefix = SettingName.prefix + SettingName.environmentPrefix
        guard name.hasPrefix(prefix), name != SettingName.environmentFile.full else { return false }
        let words = name.dropFirst(prefix.count).uppercased().split(separator: "_")
        return words.contains { ["SECRET", "KEY", "APIKEY", "TOKEN", "PASSWORD", "PASS", "CREDENTIALS"].contains(String($0)) }
    }
}
