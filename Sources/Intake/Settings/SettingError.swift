/// A setting that a location cannot be served with. The location answers 503 and this goes to the log; it never
/// contains a secret.
package struct SettingError: Error, Equatable, CustomStringConvertible {
    /// The setting's full name, `POSTERN_SECRET`; in a route file its key, `secret`.
    package var setting: String
    /// What is wrong with it.
    package var problem: String
    /// What to do about it.
    package var remedy: String

    package init(_ setting: String, _ problem: String, remedy: String) {
        self.setting = setting
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String { "\(setting): \(problem); \(remedy)" }
}
