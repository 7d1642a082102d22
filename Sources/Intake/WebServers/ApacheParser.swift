/// Reads Apache's configuration into directives: what `Include` names in its place, what a condition leaves out gone.
struct ApacheParser {
    /// Values of `Define`.
    private var definitions: [String: String] = [:]
    /// Modules that were loaded by their names, `env_module`; none in a part of a configuration.
    private var modules: Set<String> = []
    /// By their names in small letters.
    private var macros: [String: ApacheMacro] = [:]
    private var serverRoot: String?
    /// What could not be read.
    private(set) var unread: [ConfigurationFinding] = []
    private var fileCount = 0
    private var useCount = 0

    private static let maximumDepth = 32
    private static let maximumFiles = 2_000
    private static let maximumUses = 2_000
    private static let limit = 4 << 20

    /// All directives of a file.
    mutating func directives(_ path: String) throws(ConfigurationError) -> [ApacheDirective] {
        try read(path, from: ConfigurationPlace(file: path, line: 1), depth: 0)
    }

    private mutating func read(
        _ path: String, from place: ConfigurationPlace, depth: Int
    ) throws(ConfigurationError) -> [ApacheDirective] {
        fileCount += 1
        guard depth < Self.maximumDepth, fileCount <= Self.maximumFiles else {
            throw ConfigurationError(place: place, problem: "so many files include each other that they are not all read")
        }
        let bytes: [UInt8]
        do throws(FileContents.Failure) {
            bytes = try FileContents.read(path, limit: Self.limit)
        } catch {
            throw ConfigurationError(place: place, problem: error.problem)
        }
        var lines = ApacheLines(bytes, file: path).lines[...]
        return try section(&lines, title: nil, from: place, depth: depth)
    }

    /// - Parameter title: the section that is to be closed; nil at the level of a file.
    private mutating func section(
        _ lines: inout ArraySlice<ApacheLines.Line>, title: String?, from start: ConfigurationPlace, depth: Int
    ) throws(ConfigurationError) -> [ApacheDirective] {
        var directives: [ApacheDirective] = []
        while let line = lines.popFirst() {
            if line.text.hasPrefix("</") {
                guard let title, line.text.dropFirst(2).lowercased().hasPrefix(title) else {
                    throw ConfigurationError(place: line.place, problem: "a section is closed that is not open; apachectl configtest says more")
                }
                return directives
            }
            if line.text.hasPrefix("<") {
                directives += try opened(line, &lines, depth)
            } else {
                directives += try directive(line, depth)
            }
        }
        guard title == nil else {
            throw ConfigurationError(place: start, problem: "a section that begins here is never closed")
        }
        return directives
    }

    private mutating func opened(
        _ line: ApacheLines.Line, _ lines: inout ArraySlice<ApacheLines.Line>, _ depth: Int
    ) throws(ConfigurationError) -> [ApacheDirective] {
        guard depth < Self.maximumDepth else {
            throw ConfigurationError(place: line.place, problem: "sections stand within each other too deeply")
        }
        let text = String(line.text.dropFirst().prefix { $0 != ">" })
        let words = ApacheLines.Line(text: line.text.hasSuffix(">") ? String(line.text.dropFirst().dropLast()) : text, place: line.place).words
        let title = words.first ?? ""
        let name = title.lowercased()
        if name == "macro" {
            guard let body = lines.takeMacro() else {
                throw ConfigurationError(place: line.place, problem: "a macro that begins here is never closed")
            }
            macros[words.dropFirst().first?.lowercased() ?? ""] = ApacheMacro(Array(words.dropFirst()), lines: body)
            return []
        }
        let before = self
        let block = try section(&lines, title: name, from: line.place, depth: depth + 1)
        if let holds = condition(name, words.dropFirst().first ?? "", before) {
            // What stands in a condition that does not hold defines and loads nothing either.
            if !holds { self = before }
            return holds ? block : []
        }
        return [ApacheDirective(name: name, title: title, arguments: words.dropFirst().map(substituted), place: line.place, block: block)]
    }

    /// Whether a condition's section counts; nil for any other section.
    private func condition(_ name: String, _ argument: String, _ state: ApacheParser) -> Bool? {
        let isInverse = argument.hasPrefix("!")
        let subject = isInverse ? String(argument.dropFirst()) : argument
        switch name {
        case "ifdefine": return state.definitions.keys.contains(subject) != isInverse
        case "ifmodule": return state.isLoaded(subject) != isInverse
        case "iffile": return (FileContents.fingerprint(substituted(subject)) != nil) != isInverse
        case "ifversion", "ifdirective", "ifsection": return true
        default: return nil
        }
    }

    /// Where no module is loaded at all, the file is a part of a configuration that loads them.
    private func isLoaded(_ name: String) -> Bool {
        guard !modules.isEmpty else { return true }
        if modules.contains(name) { return true }
        let short = name.hasPrefix("mod_") && name.hasSuffix(".c") ? String(name.dropFirst(4).dropLast(2)) : name
        return modules.contains(short + "_module") || ["so", "so_module", "log_config", "logio", "version", "unixd", "http"].contains(short)
    }

    private mutating func directive(_ line: ApacheLines.Line, _ depth: Int) throws(ConfigurationError) -> [ApacheDirective] {
        let words = line.words.map(substituted)
        guard let title = words.first else { return [] }
        let arguments = Array(words.dropFirst())
        switch title.lowercased() {
        case "define":
            if let name = arguments.first { definitions[name] = arguments.count > 1 ? arguments[1] : "" }
        case "use": return try used(arguments, line, depth)
        case "undefmacro": macros[arguments.first?.lowercased() ?? ""] = nil
        case "undefine":
            if let name = arguments.first { definitions[name] = nil }
        case "loadmodule":
            if let name = arguments.first { modules.insert(name) }
        case "serverroot": serverRoot = arguments.first
        case "include", "includeoptional":
            var directives: [ApacheDirective] = []
            for pattern in arguments {
                for path in Self.files(resolved(pattern, line.place)) {
                    directives += try read(path, from: line.place, depth: depth + 1)
                }
            }
            return directives
        default: break
        }
        return [ApacheDirective(name: title.lowercased(), title: title, arguments: arguments, place: line.place)]
    }

    /// What a macro says, in the place where it is used.
    private mutating func used(
        _ arguments: [String], _ line: ApacheLines.Line, _ depth: Int
    ) throws(ConfigurationError) -> [ApacheDirective] {
        guard let name = arguments.first, let macro = macros[name.lowercased()] else {
            unread.append(
                .warning(
                    line.place,
                    "Use \(arguments.first ?? "") names a macro that nothing read before it defines, so that what it says is not looked "
                        + "at; name the main file, which includes both"))
            return []
        }
        guard var lines = macro.lines(with: Array(arguments.dropFirst()))?[...] else {
            throw ConfigurationError(place: line.place, problem: "Use gives the macro another number of values than it has parameters")
        }
        // Macros may use others.
        useCount += 1
        guard depth < Self.maximumDepth, useCount <= Self.maximumUses else {
            throw ConfigurationError(place: line.place, problem: "macros use each other so often that they are not all read")
        }
        return try section(&lines, title: nil, from: line.place, depth: depth + 1)
    }

    /// Names count from `ServerRoot`, else from the folder of the file that includes.
    private func resolved(_ pattern: String, _ place: ConfigurationPlace) -> String {
        guard !pattern.hasPrefix("/") else { return pattern }
        let folder = serverRoot ?? place.file.lastIndex(of: "/").map { String(place.file[..<$0]) } ?? "."
        return folder + "/" + pattern
    }

    /// The files of a pattern; of a folder all in it.
    private static func files(_ pattern: String) -> [String] {
        FilePattern.paths(pattern).flatMap { path in
            FilePattern.isFolder(path) ? FilePattern.paths(path + "/*").filter { !FilePattern.isFolder($0) } : [path]
        }
    }

    /// `${NAME}` by what defines it; what nothing defines stays.
    private func substituted(_ text: String) -> String {
        guard text.contains("${") else { return text }
        return definitions.reduce(text) { $0.replacing("${\($1.key)}", with: $1.value) }
    }
}
