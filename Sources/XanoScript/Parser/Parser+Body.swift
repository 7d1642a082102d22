import Values

/// What stands between a pair of braces, before anybody asks what it is for.
struct Body {
    var attributes: [Attribute] = []
    var blocks: [Block] = []
    var statements: [Statement] = []
    var columns: [Column] = []
}

extension Parser {
    /// Whose braces they are.
    enum Owner {
        case construct(String)
        case statement(String)
        /// A block that holds statements, such as `stack`.
        case stack(String)
        /// Any other block, such as `mock`, or the description of a column.
        case block(String)

        var name: String {
            switch self {
            case .construct(let name), .statement(let name), .stack(let name), .block(let name): name
            }
        }

        var holdsStatements: Bool {
            if case .stack = self { true } else { false }
        }
    }

    /// `{ … }` with attributes, blocks and statements.
    mutating func body(_ owner: Owner) throws(Failure) -> Body {
        let opening = token
        return try nested { (parser) throws(Failure) in
            parser.advance()
            var body = Body()
            while parser.token.kind != .rightBrace {
                if parser.token.kind == .endOfFile || parser.isBehind(owner) {
                    _ = parser.unclosed(opening, "}")
                    return body
                }
                if parser.token.kind.isClosing {
                    _ = parser.unexpected(expected: "`}`")
                    parser.advance()
                    continue
                }
                if parser.takeSemicolon() || parser.takeForeignComment() { continue }
                parser.recovering { (parser) throws(Failure) in try parser.entry(of: owner, &body) }
            }
            parser.advance()
            return body
        }
    }

    /// Other languages end a line with it; here it means nothing.
    mutating func takeSemicolon() -> Bool {
        guard token.kind == .unknown, text(token) == ";" else { return false }
        report(
            .syntax, token.range, "statements and attributes end with their line, without a semicolon",
            "remove the `;`", severity: .warning)
        advance()
        return true
    }

    /// Whether the next line can only belong outside: a stack has no `response`.
    private func isBehind(_ owner: Owner) -> Bool {
        guard owner.holdsStatements, token.followsLineEnd, owner.name != "test" else { return false }
        if isWord("response") || isWord("history") || isWord("guid") { return peek().kind == .assign }
        return isWord("test") && peek().kind == .text
    }

    private mutating func entry(of owner: Owner, _ body: inout Body) throws(Failure) {
        switch token.kind {
        case .comma:
            // Forbidden by one page of the documentation, used by the examples of others.
            report(
                .syntax, token.range, "attributes are not separated by commas", "put each on a line of its own",
                severity: .warning)
            advance()
        case .word where peek().kind == .assign, .text where peek().kind == .assign:
            let attribute = try attribute()
            checkNoAssignment(attribute, in: owner)
            add(attribute, to: &body, owner)
        case .exclamation where !owner.holdsStatements && !isStatement(peek()):
            // Switched off: it has to parse, and is dropped.
            advance()
            guard token.kind == .word || token.kind == .text else {
                throw unexpected(expected: "an attribute after `!`")
            }
            var dropped = Body()
            try entry(of: owner, &dropped)
        case .word, .exclamation:
            try namedEntry(of: owner, &body)
        default:
            if owner.holdsStatements {
                body.statements.append(try statement())
            } else {
                throw unexpected(expected: "an attribute `name = value` or `}`")
            }
        }
    }

    private mutating func namedEntry(of owner: Owner, _ body: inout Body) throws(Failure) {
        let name = text(token)
        if isWord("else"), isWord(peek(), "if") { return try elseIf(in: owner, &body) }
        if isBlock(name, in: owner) {
            body.blocks.append(try block(name, in: owner))
            return
        }
        if owner.holdsStatements {
            guard Self.isStatementBlock(name) else {
                body.statements.append(try statement())
                return
            }
            report(.name, token.range, "there is no statement `\(name)`", StatementNames.remedy(for: name))
            body.blocks.append(try block(name, in: owner))
            return
        }
        if isStatement(token) {
            var copy = self
            report(
                .syntax, copy.dottedName().1, "a statement cannot stand right inside `\(owner.name)`",
                Self.blockFor(owner).map { "put it into `\($0)`" })
            body.statements.append(try statement())
            return
        }
        try unknownEntry(name, of: owner)
    }

    /// Whether a statement begins with this token: its name is one, dots included.
    private func isStatement(_ token: Token) -> Bool {
        guard token.kind == .word else { return false }
        var copy = self
        copy.move(to: token.start)
        return StatementNames.contains(copy.dottedName().0)
    }

    /// `else if` is read as `elseif`, and reported.
    private mutating func elseIf(in owner: Owner, _ body: inout Body) throws(Failure) {
        let start = token.start
        advance()
        report(.syntax, SourceRange(start: start, end: token.end), "`else if` is one word here", "write elseif")
        var block = try block("if", in: owner)
        block.name = "elseif"
        body.blocks.append(block)
    }

    private mutating func add(_ attribute: Attribute, to body: inout Body, _ owner: Owner) {
        if let first = body.attributes.first(where: { $0.name == attribute.name }), attribute.name != "arg" {
            report(
                .name, attribute.nameRange, "`\(attribute.name)` is set twice in this `\(owner.name)`",
                "remove one of the two",
                notes: [Diagnostic.Note(file: file, range: first.nameRange, message: "the first one is here")])
        }
        if owner.name == "api.request", attribute.name == "body" {
            report(
                .name, attribute.nameRange, "`api.request` has no attribute `body`",
                "the request's body is `params`: write params = …")
        }
        body.attributes.append(attribute)
    }

    /// `a = 5` between statements is another language's.
    private mutating func checkNoAssignment(_ attribute: Attribute, in owner: Owner) {
        guard owner.holdsStatements, owner.name != "test", !["description", "disabled"].contains(attribute.name) else {
            return
        }
        report(
            .syntax, attribute.nameRange, "an attribute cannot stand among statements",
            "write var $\(attribute.name) { value = \(text(attribute.value.range)) } for a variable")
    }

    /// `name = value`
    mutating func attribute() throws(Failure) -> Attribute {
        let nameRange = token.range
        let name = token.kind == .text ? takeText() : takeWordText()
        try expect(.assign, "`=`")
        let isCondition = name == "where" || name == "additional_where" || name == "search"
        let value = try expression(isCondition ? .query : [])
        bareFilter = .none
        if name == "value" || name == "response" { try checkNoBareWord(value) }
        return Attribute(name: name, nameRange: nameRange, value: value)
    }

    private mutating func takeWordText() -> String {
        let name = text(token)
        advance()
        return name
    }

    private mutating func unknownEntry(_ name: String, of owner: Owner) throws(Failure) {
        let next = peek()
        switch next.kind {
        case .plus, .minus, .times, .divide, .tilde:
            guard lexer.byte(at: next.end) == UInt8(ascii: "=") else { fallthrough }
            throw fail(
                .syntax, SourceRange(start: next.start, end: next.end + 1), "an attribute gets its value by `=` alone",
                "write \(name) = … \(text(next)) …, with the old value before the operator")
        case .colon:
            throw fail(
                .syntax, next.range, "an attribute has `=` between its name and its value",
                "write \(name) = …; a colon stands in objects")
        case .leftBrace, .leftParenthesis, .text:
            let nearest = NearestName.of(name, among: Self.blockNames(in: owner))
            report(
                .name, token.range, "there is no block `\(name)` in `\(owner.name)`",
                nearest.map { "did you mean `\($0)`?" })
            _ = try block(name, in: owner)
        default:
            advance()
            throw unexpected(expected: "`=` or `{` after `\(name)`")
        }
    }
}
