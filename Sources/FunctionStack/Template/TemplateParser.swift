import Values

/// Makes a tree of a template's pieces.
struct TemplateParser {
    /// Tags and expressions inside each other.
    static let maximumDepth = 64

    private let pieces: [TemplatePiece]
    private var index = 0
    private var depth = 0
    private var isEscaping = false

    init(_ source: Text) throws {
        var lexer = TemplateLexer(source)
        pieces = try lexer.cut()
    }

    mutating func parse() throws -> [TemplateNode] {
        let (nodes, end) = try body(until: [])
        if let end { throw TemplateError.make(end.line, "{% \(end.name) %} closes nothing") }
        return nodes
    }

    private typealias EndTag = (name: String, tokens: [TemplateToken], line: Int)

    /// The nodes up to one of some tags, which is taken as well; any other end tag ends them too.
    private mutating func body(until ends: Set<String>) throws -> (nodes: [TemplateNode], end: EndTag?) {
        depth += 1
        defer { depth -= 1 }
        var nodes: [TemplateNode] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            guard depth <= Self.maximumDepth else {
                throw TemplateError.make(piece.line, "tags are nested more than \(Self.maximumDepth) deep")
            }
            switch piece.kind {
            case .text(let text): nodes.append(.text(text))
            case .output(let tokens):
                var parser = TemplateExpressionParser(tokens, line: piece.line)
                nodes.append(.output(try parser.parseAll(), isEscaped: isEscaping, line: piece.line))
            case .tag(let name, let tokens):
                if ends.contains(name) || name.hasPrefix("end") || name.hasPrefix("else") {
                    return (nodes, (name, tokens, piece.line))
                }
                nodes.append(contentsOf: try tag(name, tokens, line: piece.line))
            }
        }
        return (nodes, nil)
    }

    /// The nodes up to the end tag of `name`.
    private mutating func body(of name: String, line: Int) throws -> [TemplateNode] {
        let (nodes, end) = try body(until: ["end" + name])
        guard end?.name == "end" + name else { throw Self.unclosed(name, line, end) }
        return nodes
    }

    private mutating func tag(_ name: String, _ tokens: [TemplateToken], line: Int) throws -> [TemplateNode] {
        switch name {
        case "if": return [try condition(tokens, line: line)]
        case "for": return [try loop(tokens, line: line)]
        case "set": return [try assignment(tokens, line: line)]
        case "do":
            var parser = TemplateExpressionParser(tokens, line: line)
            return [.evaluation(try parser.parseAll(), line: line)]
        case "apply", "filter":
            var parser = TemplateExpressionParser(tokens, line: line)
            let expression = try parser.parseFilters(of: .variable(TemplateRenderer.appliedName))
            return [.apply(expression, try body(of: name, line: line), line: line)]
        case "autoescape": return try autoescape(tokens, line: line)
        case "with": return [try scope(tokens, line: line)]
        case "spaceless":
            throw TemplateError.make(line, "the tag {% spaceless %} is not supported; write {% apply spaceless %}")
        default:
            throw TemplateError.make(
                line, "the tag {% \(name) %} is not supported; there are if, for, set, do, apply, with, autoescape and verbatim")
        }
    }

    private mutating func condition(_ tokens: [TemplateToken], line: Int) throws -> TemplateNode {
        var branches: [(test: TemplateExpression, body: [TemplateNode])] = []
        var tokens = tokens
        var testLine = line
        while true {
            var parser = TemplateExpressionParser(tokens, line: testLine)
            let test = try parser.parseAll()
            let (nodes, end) = try body(until: ["elseif", "else", "endif"])
            branches.append((test, nodes))
            switch end?.name {
            case "elseif", "elif":
                tokens = end?.tokens ?? []
                testLine = end?.line ?? line
            case "else": return .condition(branches, otherwise: try body(of: "if", line: line), line: line)
            case "endif": return .condition(branches, otherwise: [], line: line)
            default: throw Self.unclosed("if", line, end)
            }
        }
    }

    private mutating func loop(_ tokens: [TemplateToken], line: Int) throws -> TemplateNode {
        var parser = TemplateExpressionParser(tokens, line: line)
        var names = [try parser.parseName()]
        if parser.skip(",") { names.append(try parser.parseName()) }
        try parser.expect("in", "after the variables of a for")
        let sequence = try parser.parseExpression()
        let condition = parser.skipName("if") ? try parser.parseExpression() : nil
        try parser.expectEnd()
        let start = index
        let (nodes, end) = try body(until: ["else", "endfor"])
        let usesLoop = pieces[start..<index].contains { $0.mentions("loop") }
        var otherwise: [TemplateNode] = []
        switch end?.name {
        case "else": otherwise = try body(of: "for", line: line)
        case "endfor": break
        default: throw Self.unclosed("for", line, end)
        }
        return .loop(
            TemplateLoop(
                key: names.count > 1 ? names[0] : nil, value: names[names.count - 1], sequence: sequence,
                condition: condition, body: nodes, otherwise: otherwise, usesLoop: usesLoop, line: line))
    }

    private mutating func assignment(_ tokens: [TemplateToken], line: Int) throws -> TemplateNode {
        var parser = TemplateExpressionParser(tokens, line: line)
        var names = [try parser.parseName()]
        while parser.skip(",") { names.append(try parser.parseName()) }
        guard parser.skip("=") else {
            guard names.count == 1 else { throw TemplateError.make(line, "expected = after the names of a set") }
            try parser.expectEnd()
            return .capture(names[0], try body(of: "set", line: line), isEscaped: isEscaping)
        }
        var values = [try parser.parseExpression()]
        while parser.skip(",") { values.append(try parser.parseExpression()) }
        try parser.expectEnd()
        guard names.count == values.count else {
            throw TemplateError.make(line, "set has \(names.count) names and \(values.count) values")
        }
        return .assignment(names, values, line: line)
    }

    /// `{% with %}`, `{% with {a: 1} %}`, `{% with $user only %}`
    private mutating func scope(_ tokens: [TemplateToken], line: Int) throws -> TemplateNode {
        var tokens = tokens
        let isAlone = tokens.last?.kind == .name("only")
        if isAlone { tokens.removeLast() }
        var parser = TemplateExpressionParser(tokens, line: line)
        let variables = tokens.isEmpty ? nil : try parser.parseAll()
        return .scope(variables, isAlone: isAlone, try body(of: "with", line: line), line: line)
    }

    /// `{% autoescape %}`, `{% autoescape 'html' %}`, `{% autoescape false %}`
    private mutating func autoescape(_ tokens: [TemplateToken], line: Int) throws -> [TemplateNode] {
        let outer = isEscaping
        defer { isEscaping = outer }
        switch tokens.first?.kind {
        case nil, .text("html"), .name("true"): isEscaping = true
        case .name("false"): isEscaping = false
        default: throw TemplateError.make(line, "autoescape takes 'html' or false")
        }
        return try body(of: "autoescape", line: line)
    }

    private static func unclosed(_ name: String, _ line: Int, _ end: EndTag?) -> StackError {
        guard let end else { return TemplateError.make(line, "{% \(name) %} is not closed by {% end\(name) %}") }
        return TemplateError.make(
            end.line, "{% \(end.name) %} stands where {% end\(name) %} of line \(line) is expected")
    }
}

extension TemplatePiece {
    fileprivate func mentions(_ name: Text) -> Bool {
        switch kind {
        case .text: false
        case .output(let tokens), .tag(_, let tokens): tokens.contains { $0.kind == .name(name) }
        }
    }
}
