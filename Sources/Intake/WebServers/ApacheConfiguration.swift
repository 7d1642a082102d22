/// Apache's configuration, or a part of it such as an `.htaccess`, as far as it concerns Postern.
package struct ApacheConfiguration {
    package private(set) var locations: [ConfiguredLocation] = []
    /// What belongs to no location of Postern's.
    package private(set) var findings: [ConfigurationFinding] = []

    /// A section of a server, and the directives that count in it whatever the address is.
    private struct Section {
        let directive: ApacheDirective
        /// For paths of addresses; a section within such a one is for the same.
        let paths: ApachePaths?
        /// Those of the sections around it.
        let outer: [[ApacheDirective]]

        var own: [ApacheDirective] { (directive.block ?? []).filter { $0.block == nil } }
        var title: String { "<\(([directive.title] + directive.arguments).joined(separator: " "))>" }
    }

    private static let conditions: Set<String> = ["if", "elseif", "else", "limit", "limitexcept"]

    /// - Parameter path: the main file, or a part of it; what it includes is read.
    /// - Throws: `ConfigurationError` for a file that Apache would not take either.
    package init(_ path: String) throws(ConfigurationError) {
        var parser = ApacheParser()
        let directives = try parser.directives(path)
        findings = parser.unread
        let hosts = directives.filter { $0.name == "virtualhost" }
        let server = Self.simple(directives)
        let common = Self.sections(directives, within: nil, outer: [])
        add([server], common, judged: common, title: path)
        for host in hosts {
            let own = Self.sections(host.block ?? [], within: nil, outer: [])
            // A host's sections count after those of the server.
            add([server, Self.simple(host.block ?? [])], common + own, judged: own, title: "<VirtualHost>", host: host)
        }
    }

    private static func simple(_ directives: [ApacheDirective]) -> [ApacheDirective] { directives.filter { $0.block == nil } }

    /// All sections, those within others as well.
    private static func sections(
        _ directives: [ApacheDirective], within paths: ApachePaths?, outer: [[ApacheDirective]]
    ) -> [Section] {
        directives.flatMap { directive -> [Section] in
            guard let block = directive.block, directive.name != "virtualhost" else { return [] }
            let section = Section(directive: directive, paths: ApachePaths(directive) ?? paths, outer: outer)
            return [section] + sections(block, within: section.paths, outer: outer + [section.own])
        }
    }

    /// - Parameters:
    ///   - base: what counts everywhere on the server.
    ///   - all: the sections that may count beside each other.
    ///   - judged: those to look at.
    private mutating func add(
        _ base: [[ApacheDirective]], _ all: [Section], judged: [Section], title: String, host: ApacheDirective? = nil
    ) {
        noteApart(judged, all)
        for section in judged where section.own.contains(where: \.isSetting) {
            let directives = Self.directives(base, section, all)
            // What is common to several locations is judged with each of them.
            guard ApacheEnvironment(directives).names(.verify) || !all.contains(where: { Self.isInside($0, section) }) else { continue }
            locations.append(location(section.title, section.directive.place, directives, section.paths?.sample))
        }
        // Settings that stand at the level of the server or of a host, or in a folder's own file.
        guard let first = base.last?.last(where: \.isSetting), !all.contains(where: { $0.own.contains(where: \.isSetting) }) else {
            return
        }
        locations.append(
            location(title, host?.place ?? first.place, ApacheDirectives(base: base, sections: all.map(\.own)), nil))
    }

    /// Which address belongs to which folder is not worked out.
    private mutating func noteApart(_ judged: [Section], _ all: [Section]) {
        func hasSettings(_ section: Section) -> Bool { section.own.contains(where: \.isSetting) }
        for folder in judged where folder.paths == nil && hasSettings(folder) {
            guard let other = all.first(where: { $0.paths != nil && hasSettings($0) }) else { continue }
            findings.append(
                .warning(
                    folder.directive.place,
                    "\(folder.title) and \(other.title) (\(other.directive.place)) are judged apart: where an address of the one leads "
                        + "into the other, the settings of both count, the latter's last; keep those of a location in one of them"))
        }
    }

    /// The directives that count for a section's addresses.
    private static func directives(_ base: [[ApacheDirective]], _ section: Section, _ all: [Section]) -> ApacheDirectives {
        guard let paths = section.paths else { return ApacheDirectives(base: base + section.outer, sections: [section.own]) }
        let sample = paths.sample
        let sections = all.compactMap { other -> [ApacheDirective]? in
            if other.directive == section.directive { return other.own }
            guard let paths = other.paths, !conditions.contains(other.directive.name), paths.contain(sample) else { return nil }
            return other.own
        }
        return ApacheDirectives(base: base, sections: sections)
    }

    /// Whether a section is for a part of another's addresses and has settings.
    private static func isInside(_ inner: Section, _ outer: Section) -> Bool {
        guard inner.directive != outer.directive, inner.own.contains(where: \.isSetting), let paths = inner.paths,
            let outerPaths = outer.paths
        else { return false }
        return outerPaths.contain(paths.sample)
    }

    private func location(
        _ title: String, _ place: ConfigurationPlace, _ directives: ApacheDirectives, _ path: String?
    ) -> ConfiguredLocation {
        let (environment, effective) = (ApacheEnvironment(directives), directives.all)
        let way = ApacheWay(effective, path: path)
        let root = effective.last { $0.name == "documentroot" }?.arguments.first
        var location = ConfiguredLocation(
            title: title, place: place, parameters: environment.parameters(way), documentRoot: root?.hasPrefix("/") == true ? root : nil)
        location.findings = environment.findings(way, title) + ApacheFacts(effective, location, way).findings
        return location
    }
}
