import Glibc
import Verification

/// Whether a location waits for a secret that its sender hands over.
package enum EnrolmentState: Sendable, Equatable {
    case waits
    /// It has one, in this file.
    case hasSecret(String)
    /// It is of a sender that hands none over.
    case isOther(String)

    /// - Parameter settings: as the database keeps them.
    /// - Throws: `SettingError` if they are no longer understood.
    package init(settings: String, location: String) throws(SettingError) {
        let settings = try LocationSettings(try SavedSettings.entries(settings, location: location), documentRoot: nil)
        let rule: VerificationRule
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
        guard rule.enrols, case .file(let path)? = settings.secrets.first else {
            self = .isOther(rule.name)
            return
        }
        var status = stat()
        self = unsafe lstat(path, &status) == 0 ? .hasSecret(path) : .waits
    }
}
