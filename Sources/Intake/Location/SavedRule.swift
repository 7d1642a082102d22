import Verification

/// What a location verifies with, made again from the settings that a database keeps of it.
struct SavedRule {
    let settings: LocationSettings
    let rule: VerificationRule

    /// - Throws: `SettingError` if they are no longer understood.
    init(_ text: String, location: String) throws(SettingError) {
        settings = try LocationSettings(try SavedSettings.entries(text, location: location), documentRoot: nil)
        let senders: OwnSenders
        do throws(SendersFile.Failure) {
            senders = try SendersFile(workspace: settings.workspace).load(for: settings.verify, nil, outside: nil)
        } catch {
            throw SettingError(settings.entries.title(.workspace), error.problem, remedy: error.remedy)
        }
        do throws(SettingProblem) {
            rule = try VerificationRule(settings.verify, senders: senders)
        } catch {
            throw SettingError(error, settings.entries)
        }
    }

    /// Reads one of the location's sources of secrets.
    func loader(of source: SecretSource) -> SecretLoader {
        SecretLoader(
            sources: [source], title: settings.entries.title(.secret), rules: nil, documentRoot: nil, mayBeAbsent: rule.enrols)
    }
}
