/// A directive of Apache's configuration with what stands between its section's first and last line.
struct ApacheDirective: Sendable, Equatable {
    /// As Apache compares it, in small letters.
    let name: String
    /// As it is written.
    let title: String
    let arguments: [String]
    let place: ConfigurationPlace
    /// nil for a directive that is no section.
    var block: [ApacheDirective]?
}
