/// The settings of a location that this version knows.
package enum SettingName: String, CaseIterable, Sendable {
    case verify = "VERIFY"
    case secret = "SECRET"
    case url = "URL"
    case workspace = "WORKSPACE"
    case query = "QUERY"
    case name = "NAME"
    case respond = "RESPOND"
    case database = "DATABASE"
    case durability = "DURABILITY"
    case dedupe = "DEDUPE"
    case tolerance = "TOLERANCE"
    case maximumBody = "MAX_BODY"
    case deadline = "DEADLINE"
    case retry = "RETRY"
    case outbound = "OUTBOUND"
    case maximumSteps = "MAX_STEPS"
    case maximumMemory = "MAX_MEMORY"
    case maximumDepth = "MAX_DEPTH"
    case maximumTime = "MAX_TIME"
    case environmentFile = "ENV_FILE"
    case quarantine = "QUARANTINE"

    /// What all settings begin with, where they are parameters of the web server.
    package static let prefix = "POSTERN_"
    /// What a variable of a stack begins with, after the prefix.
    package static let environmentPrefix = "ENV_"

    /// What names the program that takes mail: of the process and of no location, as who reaches the socket sets those.
    package static let sendmail = "POSTERN_SENDMAIL"

    package var full: String { Self.prefix + rawValue }
}
