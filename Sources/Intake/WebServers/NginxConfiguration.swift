/// nginx's configuration, as far as it concerns Postern.
package struct NginxConfiguration {
    package private(set) var locations: [ConfiguredLocation] = []
    /// What belongs to no location of Postern's.
    package private(set) var findings: [ConfigurationFinding] = []

    private static let levels: Set<String> = ["http", "server", "location"]
    private static let parts: Set<String> = ["if", "limit_except"]

    /// - Parameters:
    ///   - text: what `nginx -T` prints, or a configuration file, whose includes are then read.
    ///   - path: what it was read from.
    /// - Throws: `ConfigurationError` for text that nginx would not take either.
    package init(_ text: [UInt8], path: String) throws(ConfigurationError) {
        var parser = NginxParser(NginxFiles(text, path: path))
        let directives = try parser.directives()
        walk(directives, NginxScope().inner(directives, isPart: false), lost: [])
    }

    /// - Parameter lost: settings that levels further out have and this one does not get.
    private mutating func walk(_ level: [NginxDirective], _ scope: NginxScope, lost: [ConfiguredLocation.Parameter]) {
        for directive in level {
            let isPart = Self.parts.contains(directive.name)
            guard let block = directive.block, isPart || Self.levels.contains(directive.name) else { continue }
            let inner = scope.inner(block, isPart: isPart)
            var lost = lost
            let hasOwn = block.contains { $0.name == "fastcgi_param" }
            if hasOwn { lost += scope["fastcgi_param"].filter(\.isSetting).map { NginxParameter($0, scope).parameter } }
            if directive.name == "location" || isPart && (hasOwn || block.contains { $0.name == "fastcgi_pass" }) {
                add(directive, inner, lost: lost)
            }
            walk(block, inner, lost: lost)
        }
    }

    private mutating func add(_ directive: NginxDirective, _ scope: NginxScope, lost: [ConfiguredLocation.Parameter]) {
        guard let pass = scope["fastcgi_pass"].last else { return }
        let parameters = scope["fastcgi_param"].map { NginxParameter($0, scope) }
        let title = ([directive.name] + directive.arguments).joined(separator: " ")
        guard parameters.contains(where: \.isSetting) else {
            // Passing to another program without any of these is none of our business.
            guard let first = lost.first, !parameters.isEmpty else { return }
            findings.append(
                .warning(
                    directive.place,
                    "\(title): \(first.name) of \(first.place) does not count here, as nginx drops all fastcgi_param of the levels "
                        + "around a level that has one of its own; if this passes to Postern, set it here"))
            return
        }
        var location = ConfiguredLocation(
            title: title, place: directive.place, parameters: parameters.filter(\.isSent).map(\.parameter),
            documentRoot: scope.documentRoot)
        location.findings = parameters.flatMap(\.findings)
        for setting in lost where !parameters.contains(where: { $0.parameter.name == setting.name }) {
            location.findings.append(
                .warning(
                    setting.place,
                    "\(setting.name) does not count in \(title), which has a fastcgi_param of its own; set it there"))
        }
        location.findings += NginxFacts(scope, location, pass: pass).findings
        locations.append(location)
    }
}

extension NginxDirective {
    fileprivate var isSetting: Bool { name == "fastcgi_param" && arguments.first?.hasPrefix(SettingName.prefix) == true }
}
