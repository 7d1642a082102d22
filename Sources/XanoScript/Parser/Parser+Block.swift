extension Parser {
    /// `name subject as $x { … }`, all but the name optional.
    mutating func block(_ name: String, in owner: Owner) throws(Failure) -> Block {
        let start = token.start
        let nameRange = token.range
        advance()
        var block = Block(name: name, nameRange: nameRange, range: nameRange)
        if Self.columnBlocks.contains(name) {
            if token.kind == .leftBrace { block.columns = try columns(of: name) }
            block.range = range(from: start)
            return block
        }
        block.subject = try blockSubject(name)
        if takeWord("as") { block.variable = try assignedName() }
        if token.kind == .leftBrace {
            let body = try body(Self.statementBlocks.contains(name) ? .stack(name) : .block(name))
            block.attributes = body.attributes
            block.statements = body.statements
            block.blocks = body.blocks
        } else if token.kind != .rightBrace, !token.followsLineEnd, !isWord("break") {
            throw unexpected(expected: "`{` after `\(name)`")
        }
        if name == "case" || name == "default" { block.endsWithBreak = takeWord("break") }
        block.range = range(from: start)
        return block
    }

    private mutating func blockSubject(_ name: String) throws(Failure) -> Statement.Subject? {
        let start = token.start
        switch name {
        case "if", "elseif", "case":
            return .parenthesised(try condition(of: name))
        case "each":
            guard token.kind == .variable, !token.followsLineEnd else { return nil }
            throw fail(.syntax, token.range, "expected `as` before the variable", "write each as \(text(token)) { … }")
        default:
            break
        }
        if token.followsLineEnd || isWord("as") { return nil }
        switch token.kind {
        case .text, .multilineText:
            let text = takeText()
            return .name(text, range(from: start))
        case .word, .integer:
            let (text, range) = bareName(allowsParameters: false)
            return .name(text, range)
        case .leftParenthesis:
            return .parenthesised(try operand([]))
        default:
            return nil
        }
    }

    /// `(…)` of `if`, `elseif` and `case`.
    private mutating func condition(of name: String) throws(Failure) -> Expression {
        let start = token.start
        guard token.kind == .leftParenthesis else {
            let value = try expression()
            report(
                .syntax, range(from: start),
                "`\(name)` needs parentheses around its \(name == "case" ? "value" : "condition")",
                "write \(name) (\(text(from: start)))")
            return value
        }
        let value = try operand([])
        try checkWholeCondition(from: start, of: name)
        return value
    }

    /// `if ($a) && ($b)` has its operator outside the parentheses.
    mutating func checkWholeCondition(from start: Int, of name: String) throws(Failure) {
        bareFilter = .none
        guard token.kind == .question || binaryOperator([]) != nil else { return }
        throw fail(
            .syntax, token.range, "the whole expression of `\(name)` stands in one pair of parentheses",
            "write \(name) (\(text(SourceRange(start: start, end: previousEnd))) \(text(token)) …)")
    }

    static func isStatementBlock(_ name: String) -> Bool { statementBlocks.contains(name) }

    private static let statementBlocks: Set<String> = [
        "stack", "each", "if", "elseif", "else", "case", "default", "try", "catch", "finally", "test",
    ]

    private static let columnBlocks: Set<String> = ["input", "schema", "output"]

    /// Whether a block of this name may stand here.
    func isBlock(_ name: String, in owner: Owner) -> Bool {
        Self.blockNames(in: owner).contains(name)
    }

    static func blockNames(in owner: Owner) -> [String] {
        switch owner {
        case .construct(let keyword): ConstructKeywords.blocks(of: keyword)
        case .statement(let name): statementBlockNames[name] ?? ["stack", "mock", "input", "schema", "output"]
        case .stack: []
        case .block: ["stack", "mock", "input", "schema", "output"]
        }
    }

    private static let statementBlockNames = [
        "conditional": ["if", "elseif", "else"],
        "switch": ["case", "default"],
        "foreach": ["each", "mock"], "for": ["each", "mock"], "while": ["each", "mock"],
        "try_catch": ["try", "catch", "finally"],
    ]

    /// Where the statements of a statement go.
    static func blockFor(_ owner: Owner) -> String? {
        switch owner.name {
        case "conditional": "if (…) { … }"
        case "switch": "case (…) { … } break"
        case "foreach", "for": "each as $item { … }"
        case "while": "each { … }"
        case "try_catch": "try { … }"
        default: "stack { … }"
        }
    }
}
