import Verification

/// A location of a web server that passes requests to Postern, with what it passes along.
package struct ConfiguredLocation: Sendable {
    /// A parameter or variable as Postern would get it.
    package struct Parameter: Sendable, Equatable {
        package var name: String
        package var value: String
        package var place: ConfigurationPlace
        /// Whether nothing in the value is left to what the configuration does not say.
        package var isKnown = true
    }

    /// As the configuration has it: `location = /hooks/github`.
    package var title: String
    package var place: ConfigurationPlace
    /// In the order in which they are sent; one given twice is there twice.
    package var parameters: [Parameter]
    /// Where the web server's documents lie, if that is known.
    package var documentRoot: String?
    /// What the configuration itself makes questionable.
    package var findings: [ConfigurationFinding] = []

    /// Where a parameter is set; else the location's own place.
    func place(of name: String) -> ConfigurationPlace {
        parameters.last { $0.name == name }?.place ?? place
    }

    /// The settings among the parameters.
    var settings: [Parameter] { parameters.filter { $0.name.hasPrefix(SettingName.prefix) } }

    /// Whether a setting's value is not known, so that nothing can be said of it.
    func isUnknown(_ name: String) -> Bool { parameters.contains { $0.name == name && !$0.isKnown } }

    func value(_ name: SettingName) -> String? { parameters.last { $0.name == name.full }?.value }

    /// Whether it counts from which address a request comes.
    var readsAddresses: Bool {
        guard let verify = value(.verify) else { return false }
        return verify.split(separator: " ").contains { $0.hasPrefix("ip=") } || (try? VerificationRule(verify))?.addresses != nil
    }
}
