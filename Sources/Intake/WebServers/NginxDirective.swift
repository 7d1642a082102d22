/// A directive of nginx's configuration with what stands in its braces.
struct NginxDirective: Sendable, Equatable {
    let name: String
    let arguments: [String]
    let place: ConfigurationPlace
    /// nil where a semicolon ends it.
    var block: [NginxDirective]?

    /// The first argument of a directive that takes one.
    var argument: String? { arguments.count == 1 ? arguments[0] : nil }
}
