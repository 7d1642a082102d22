package import Outbound
import Values
import Verification

/// Turns the settings of a location into one that can be served: reads its secrets, opens its database, loads its
/// workspace.
package struct LocationOpener: Sendable {
    package let rules: FileRules
    let deployments: Deployments
    let sendmail: Sendmail

    package init(rules: FileRules, deployments: Deployments, sendmail: Sendmail) {
        self.rules = rules
        self.sendmail = sendmail
        self.deployments = deployments
    }

    /// What a location's settings say of its sender, and what they name on the disk, but for workspace and database.
    struct Parts {
        let verifier: Verifier
        let secrets: SecretSet
        let verifyTokens: SecretSet
        let environment: Object
        /// Mistakes that can be meant.
        let warnings: [String]
        fileprivate let secretFiles: [ReadySecrets]
        fileprivate let otherFiles: [SeenFiles]
        fileprivate let environmentFingerprint: FileContents.Fingerprint?
    }

    /// - Throws: `SettingError` for whatever stands in the way.
    func open(_ settings: LocationSettings) throws(SettingError) -> ReadyLocation {
        let parts = try read(settings)
        let deployment = try deployments.deployment(for: settings, rules: rules)
        try deployment.checkQuery(settings)
        let location = ReadyLocation(
            settings: settings, verifier: parts.verifier, environment: parts.environment, deployment: deployment,
            sendmail: sendmail, warnings: parts.warnings, secretFiles: parts.secretFiles,
            otherFiles: parts.otherFiles,
            secretMarks: deployment.fingerprints.marks(parts.secrets), credentials: [parts.secrets, parts.verifyTokens],
            environmentFingerprint: parts.environmentFingerprint)
        // A location whose secret has yet to arrive gets no event that would keep them.
        if !deployments.isShortLived, deployment.current.hasTasks || parts.verifier.awaitsSecret {
            deployment.keepSettings(of: location)
        }
        return location
    }

    /// - Throws: `SettingError` for whatever stands in the way.
    func read(_ settings: LocationSettings) throws(SettingError) -> Parts {
        // Before reading: a change in between is then seen as one the next time.
        let sendersFile = SeenFiles([SendersFile(workspace: settings.workspace).path])
        let rule = try verificationRule(settings)
        let addressFiles = SeenFiles(rule.addresses?.files ?? [])
        let loader = SecretLoader(
            sources: settings.secrets, title: settings.entries.title(.secret), rules: rules,
            documentRoot: settings.documentRoot, mayBeAbsent: rule.enrols)
        let loaded = try loader.load()
        let tokenLoader = try verifyTokenLoader(settings, rule)
        let tokens = try tokenLoader?.load()
        let verifier = try verifier(settings, rule, loaded.secrets, tokens?.secrets)
        let environmentFingerprint = settings.environmentFile.flatMap(FileContents.fingerprint)
        return Parts(
            verifier: verifier, secrets: loaded.secrets, verifyTokens: tokens?.secrets ?? SecretSet(),
            environment: try environment(settings),
            warnings: loaded.warnings + (tokens?.warnings ?? []) + verifier.warnings + Self.warnings(settings, rule),
            secretFiles: [ReadySecrets(loader, loaded)] + Self.ready(tokenLoader, tokens),
            otherFiles: (VerificationRule.namesScheme(settings.verify) ? [] : [sendersFile]) + [addressFiles],
            environmentFingerprint: environmentFingerprint)
    }

    func verificationRule(_ settings: LocationSettings) throws(SettingError) -> VerificationRule {
        let senders: OwnSenders
        do throws(SendersFile.Failure) {
            senders = try SendersFile(workspace: settings.workspace)
                .load(for: settings.verify, rules, outside: settings.documentRoot)
        } catch {
            throw SettingError(settings.entries.title(.workspace), error.problem, remedy: error.remedy)
        }
        do throws(SettingProblem) {
            return try VerificationRule(settings.verify, senders: senders)
        } catch {
            throw SettingError(error, settings.entries)
        }
    }

    /// What the sender makes of the settings that are about answers.
    private static func warnings(_ settings: LocationSettings, _ rule: VerificationRule) -> [String] {
        guard let deadline = settings.deadline, let patience = rule.profile?.deadline, deadline >= patience else { return [] }
        return [
            "\(settings.entries.title(.deadline)) is \(deadline) s, but \(rule.name) waits \(patience) s, and takes what is "
                + "answered later for a failure; leave it out, or make it less"
        ]
    }

    private static func ready(_ loader: SecretLoader?, _ loaded: SecretLoader.Loaded?) -> [ReadySecrets] {
        guard let loader, let loaded else { return [] }
        return [ReadySecrets(loader, loaded)]
    }

    /// Reads what `verify-token=` names, if the location has it.
    private func verifyTokenLoader(
        _ settings: LocationSettings, _ rule: VerificationRule
    ) throws(SettingError) -> SecretLoader? {
        guard let text = rule.verifyToken else { return nil }
        let source = try SettingReader(entries: settings.entries).source(text[...], .verify)
        return SecretLoader(
            sources: [source], title: settings.entries.title(.verify), rules: rules, documentRoot: settings.documentRoot,
            parameter: SenderProfile.verifyToken)
    }

    private func verifier(
        _ settings: LocationSettings, _ rule: VerificationRule, _ secrets: SecretSet, _ verifyTokens: SecretSet?
    ) throws(SettingError) -> Verifier {
        do throws(SettingProblem) {
            return try Verifier(
                rule, secrets: secrets, url: settings.url, tolerance: settings.tolerance,
                dedupe: try settings.dedupe.map { text throws(SettingProblem) in try DedupeRule(text) },
                verifyTokens: verifyTokens ?? SecretSet(),
                addresses: try AddressLoader(rule).load(rules, outside: settings.documentRoot), awaitsSecret: rule.enrols)
        } catch {
            throw SettingError(error, settings.entries)
        }
    }

    private func environment(_ settings: LocationSettings) throws(SettingError) -> Object {
        var environment = Object()
        for (name, value) in settings.environment.sorted(by: { $0.key < $1.key }) {
            environment[Text(name)] = .text(value)
        }
        guard let path = settings.environmentFile else { return environment }
        let title = settings.entries.title(.environmentFile)
        let bytes: [UInt8]
        do {
            _ = try rules.check(path, outside: settings.documentRoot)
            bytes = try FileContents.read(path)
        } catch let error as FileRules.Violation {
            throw SettingError(title, error.problem, remedy: error.remedy)
        } catch {
            throw SettingError(title, "\(path) cannot be read", remedy: "let Postern's user read it")
        }
        for (name, value) in try EnvironmentVariables.parse(bytes, setting: title).sorted(by: { $0.key < $1.key }) {
            guard environment[Text(name)] == nil else {
                throw SettingError(title, "gives \(name), which POSTERN_ENV_\(name) gives too", remedy: "leave one of them")
            }
            environment[Text(name)] = .text(Text(bytes: value))
        }
        return environment
    }
}

extension SettingError {
    /// What Verification found, under the name that the writer of the settings knows.
    init(_ problem: SettingProblem, _ entries: SettingEntries) {
        let name = SettingName(rawValue: String(problem.setting.rawValue.dropFirst(SettingName.prefix.utf8.count)))
        self.init(name.map { entries.title($0) } ?? problem.setting.rawValue, problem.problem, remedy: problem.remedy)
    }
}
