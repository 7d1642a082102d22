/// Reads nginx's configuration into directives, what `include` names in its place.
struct NginxParser {
    private let files: NginxFiles
    private var fileCount = 0

    private static let maximumDepth = 64
    private static let maximumFiles = 2_000

    init(_ files: NginxFiles) {
        self.files = files
    }

    /// All directives.
    mutating func directives() throws(ConfigurationError) -> [NginxDirective] {
        try read(files.main, depth: 0)
    }

    private mutating func read(_ file: NginxFiles.File, depth: Int) throws(ConfigurationError) -> [NginxDirective] {
        fileCount += 1
        let place = ConfigurationPlace(file: file.path, line: 1)
        guard depth < Self.maximumDepth, fileCount <= Self.maximumFiles else {
            throw ConfigurationError(place: place, problem: "so many files include each other that they are not all read")
        }
        var lexer = NginxLexer(file.text, file: file.path)
        return try block(&lexer, isInner: false, depth: depth)
    }

    private mutating func block(
        _ lexer: inout NginxLexer, isInner: Bool, depth: Int
    ) throws(ConfigurationError) -> [NginxDirective] {
        var directives: [NginxDirective] = []
        var words: [String] = []
        var start = lexer.place
        while let token = try lexer.next() {
            switch token {
            case .word(let word):
                if words.isEmpty { start = lexer.place }
                words.append(word)
            case .semicolon:
                guard let name = words.first else { continue }
                directives += try directive(name, Array(words.dropFirst()), start, depth)
                words = []
            case .opening:
                guard let name = words.first, depth < Self.maximumDepth else {
                    throw ConfigurationError(place: lexer.place, problem: "a brace that no directive opens; nginx -t says more")
                }
                var directive = NginxDirective(name: name, arguments: Array(words.dropFirst()), place: start)
                if name.hasSuffix("_by_lua_block") {
                    try lexer.skipForeignBlock()
                } else {
                    directive.block = try block(&lexer, isInner: true, depth: depth + 1)
                }
                directives.append(directive)
                words = []
            case .closing:
                guard isInner, words.isEmpty else {
                    throw ConfigurationError(place: lexer.place, problem: "a } that closes nothing; nginx -t says more")
                }
                return directives
            }
        }
        guard !isInner, words.isEmpty else {
            throw ConfigurationError(place: lexer.place, problem: "the file ends within a directive; nginx -t says more")
        }
        return directives
    }

    private mutating func directive(
        _ name: String, _ arguments: [String], _ place: ConfigurationPlace, _ depth: Int
    ) throws(ConfigurationError) -> [NginxDirective] {
        guard name == "include", let pattern = arguments.first else {
            return [NginxDirective(name: name, arguments: arguments, place: place)]
        }
        var directives: [NginxDirective] = []
        for file in try files.matching(pattern, place) { directives += try read(file, depth: depth + 1) }
        return directives
    }
}
