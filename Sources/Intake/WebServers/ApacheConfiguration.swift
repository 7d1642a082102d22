/// Apache's configuration, or a part of it such as an `.htaccess`, as far as it concerns Postern.
package struct ApacheConfiguration {
    package private(set) var locations: [ConfiguredLocation] = []

    /// A section of a server, and the directives that count in it whatever the address is.
    private struct Section {
        let directive: ApacheDirective
        /// For paths of addresses; a section within such a one is for the same.
        let paths: ApachePaths?
        /// Those of the sections around it.
        let outer: [ApacheDirective]

        var own: [ApacheDirective] { (directive.block ?? []).filter { $0.block == nil } }
        var title: String { "<\(([directive.title] + directive.arguments).joined(separator: " "))>" }
    }

    private static let conditions: Set<String> = ["if", "elseif", "else", "limit", "limitexcept"]

    /// - Parameter path: the main file, or a part of it; what it includes is read.
    /// - Throws: `ConfigurationError` for a file that Apache would not take either.
    package init(_ path: String) throws(ConfigurationError) {
        var parser = ApacheParser()
        let directives = try parser.directives(path)
        let hosts = directives.filter { $0.name == "virtualhost" }
        let server = Self.simple(directives)
        let common = Self.sections(directives, within: nil, outer: [])
        add(server, common, judged: common, title: path)
        for host in hosts {
            let own = Self.sections(host.block ?? [], within: nil, outer: [])
            // A host's sections count after those of the server.
            add(server + Self.simple(host.block ?? []), common + own, judged: own, title: "<VirtualHost>", host: host)
        }
    }

    private static func simple(_ directives: [ApacheDirective]) -> [ApacheDirective] { directives.filter { $0.block == nil } }

    /// All sections, those within others as well.
    private static func sections(
        _ directives: [ApacheDirective], within paths: ApachePaths?, outer: [ApacheDirective]
    ) -> [Section] {
        directives.flatMap { directive -> [Section] in
            guard let block = directive.block, directive.name != "virtualhost" else { return [] }
            let section = Section(directive: directive, paths: ApachePaths(directive) ?? paths, outer: outer)
            return [section] + sections(block, within: section.paths, outer: outer + section.own)
        }
    }

    /// - Parameters:
    ///   - base: what counts everywhere on the server.
    ///   - all: the sections that may count beside each other.
    ///   - judged: those to look at.
    private mutating func add(
        _ base: [ApacheDirective], _ all: [Section], judged: [Section], title: String, host: ApacheDirective? = nil
    ) {
        var found = false
        for section in judged where section.own.contains(where: \.isSetting) {
            let effective = base + Self.effective(section, all)
            let environment = ApacheEnvironment(effective)
            // What is common to several locations is judged with each of them.
            guard environment.names(.verify) || !all.contains(where: { Self.isInside($0, section) }) else { continue }
            found = true
            locations.append(location(section.title, section.directive.place, effective, environment, section.paths?.sample))
        }
        // Settings that stand at the level of the server, or of a folder's own file.
        guard !found, let first = base.last(where: \.isSetting), host == nil || judged.isEmpty else { return }
        let isOwn = host.map { host in (host.block ?? []).contains { $0 == first } } ?? true
        guard isOwn, judged.isEmpty || !all.contains(where: { $0.own.contains(where: \.isSetting) }) else { return }
        locations.append(location(title, host?.place ?? first.place, base + all.flatMap(\.own), ApacheEnvironment(base), nil))
    }

    /// The directives that count for a section's addresses, in the order in which they do.
    private static func effective(_ section: Section, _ all: [Section]) -> [ApacheDirective] {
        guard let paths = section.paths else { return section.outer + section.own }
        let sample = paths.sample
        return all.flatMap { other -> [ApacheDirective] in
            if other.directive == section.directive { return other.own }
            guard let paths = other.paths, !conditions.contains(other.directive.name), paths.contain(sample) else { return [] }
            return other.own
        }
    }

    /// Whether a section is for a part of another's addresses and has settings.
    private static func isInside(_ inner: Section, _ outer: Section) -> Bool {
        guard inner.directive != outer.directive, inner.own.contains(where: \.isSetting), let paths = inner.paths,
            let outerPaths = outer.paths
        else { return false }
        return outerPaths.contain(paths.sample)
    }

    private func location(
        _ title: String, _ place: ConfigurationPlace, _ effective: [ApacheDirective], _ environment: ApacheEnvironment, _ path: String?
    ) -> ConfiguredLocation {
        let way = ApacheWay(effective, path: path)
        let root = effective.last { $0.name == "documentroot" }?.arguments.first
        var location = ConfiguredLocation(
            title: title, place: place, parameters: environment.parameters(way), documentRoot: root?.hasPrefix("/") == true ? root : nil)
        location.findings = environment.findings(way, title) + ApacheFacts(effective, location, way).findings
        return location
    }
}
