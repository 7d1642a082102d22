/// Where something stands in a configuration.
package struct ConfigurationPlace: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    /// From 1.
    package let line: Int

    package var description: String { "\(file):\(line)" }
}

/// What is to be said of a web server's configuration. It never holds a secret.
package struct ConfigurationFinding: Sendable, Equatable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        /// The location would answer 503, or take what it should not.
        case error
        case warning
        /// How the location behaves, as its sender wants it.
        case note
    }

    package let severity: Severity
    package let place: ConfigurationPlace
    /// What is wrong and what to do about it, without a full stop.
    package let text: String

    package var description: String { "\(place): \(severity.rawValue): \(text)" }

    static func error(_ place: ConfigurationPlace, _ text: String) -> ConfigurationFinding {
        ConfigurationFinding(severity: .error, place: place, text: text)
    }

    static func warning(_ place: ConfigurationPlace, _ text: String) -> ConfigurationFinding {
        ConfigurationFinding(severity: .warning, place: place, text: text)
    }
}

/// A configuration that cannot be understood.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    package let place: ConfigurationPlace
    package let problem: String

    package var description: String { "\(place): error: \(problem)" }
}
