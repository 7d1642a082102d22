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

    /// - Throws: `SettingError` for whatever stands in the way.
    func open(_ settings: LocationSettings) throws(SettingError) -> ReadyLocation {
        let rule = try verificationRule(settings)
        let loader = SecretLoader(
            sources: settings.secrets, title: settings.entries.title(.secret), rules: rules,
            documentRoot: settings.documentRoot, mayBeAbsent: rule.enrols)
        let loaded = try loader.load()
        let tokenLoader = try verifyTokenLoader(settings, rule)
        let tokens = try tokenLoader?.load()
        let verifier = try verifier(settings, rule, loaded.secrets, tokens?.secrets)
        let environmentFingerprint = settings.environmentFile.flatMap(FileContents.fingerprint)
        let environment = try environment(settings)
        let deployment = try deployments.deployment(for: settings, rules: rules)
        try deployment.checkQuery(settings)
        let location = ReadyLocation(
            settings: settings, verifier: verifier, environment: environment, deployment: deployment, sendmail: sendmail,
            warnings: loaded.warnings + (tokens?.warnings ?? []) + verifier.warnings,
            secretFiles: [ReadySecrets(loader, loaded)] + Self.ready(tokenLoader, tokens),
            secretOrigins: loaded.secrets.secrets.map(\.origin),
            environmentFingerprint: environmentFingerprint)
        // A location whose secret has yet to arrive gets no event that would keep them.
        if !deployments.isShortLived, deployment.current.hasTasks || verifier.awaitsSecret {
            deployment.keepSettings(of: location)
        }
        return location
    }

    private func verificationRule(_ settings: LocationSettings) throws(SettingError) -> VerificationRule {
        do throws(SettingProblem) {
            return try VerificationRule(settings.verify)
        } catch {
            throw SettingError(error, settings.entries)
        }
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
            sources: [source], title: settings.entries.title(.verify), rules: rules, documentRoot: settings.documentRoot)
    }

    private func verifier(
        _ settings: LocationSettings, _ rule: VerificationRule, _ secrets: SecretSet, _ verifyTokens: SecretSet?
    ) throws(SettingError) -> Verifier {
        do throws(SettingProblem) {
            return try Verifier(
                rule, secrets: secrets, url: settings.url, tolerance: settings.tolerance,
                dedupe: try settings.dedupe.map { text throws(SettingProblem) in try DedupeRule(text) },
                verifyTokens: verifyTokens ?? SecretSet(), awaitsSecret: rule.enrols)
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
