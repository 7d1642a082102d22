/// Why a location's settings do not say who may call. It names the setting and the remedy, never a secret.
package struct SettingProblem: Error, Sendable, Equatable {
    package enum Setting: String, Sendable {
        case verify = "POSTERN_VERIFY"
        case secret = "POSTERN_SECRET"
        case url = "POSTERN_URL"
        case tolerance = "POSTERN_TOLERANCE"
        case dedupe = "POSTERN_DEDUPE"
    }

    package enum Kind: Sendable, Equatable {
        /// Nothing was given where something is needed.
        case missing
        /// The text does not follow the setting's form.
        case malformed
        case unknownSender
        case unknownParameter
        case repeatedParameter
        case missingParameter
        /// A parameter or setting has a value that it cannot have.
        case badValue
        /// Two things that cannot both be meant.
        case contradiction
        /// The signature would not cover what it must cover.
        case uncovered
        /// A secret is of no use to the scheme.
        case unusableSecret
    }

    package let setting: Setting
    package let kind: Kind
    /// What is wrong, without a full stop.
    package let problem: String
    /// What to do about it.
    package let remedy: String

    package init(_ setting: Setting, _ kind: Kind, _ problem: String, remedy: String) {
        self.setting = setting
        self.kind = kind
        self.problem = problem
        self.remedy = remedy
    }
}

extension SettingProblem: CustomStringConvertible {
    package var description: String { "\(setting.rawValue): \(problem); \(remedy)" }
}
