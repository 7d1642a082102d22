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
        let saved = try SavedRule(settings, location: location)
        guard saved.rule.enrols, case .file(let path)? = saved.settings.secrets.first else {
            self = .isOther(saved.rule.name)
            return
        }
        var status = stat()
        self = unsafe lstat(path, &status) == 0 ? .hasSecret(path) : .waits
    }
}
