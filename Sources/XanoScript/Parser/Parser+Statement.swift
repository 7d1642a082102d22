extension Parser {
    /// A statement: `name subject { … } as $x`, perhaps with a `!` before it.
    mutating func statement() throws(Failure) -> Statement {
        let start = token.start
        let errors = syntaxErrors
        let isSwitchedOff = take(.exclamation)
        let (name, nameRange) = try statementName()
        if !StatementNames.contains(name) {
            report(.name, nameRange, "there is no statement `\(name)`", StatementNames.remedy(for: name))
        }
        var statement = Statement(name: name, nameRange: nameRange, isDisabled: isSwitchedOff, range: nameRange)
        try header(of: &statement)
        checkSubject(of: statement)
        if token.kind == .leftBrace {
            let isKnown = StatementNames.contains(name)
            let body = try body(.statement(isKnown ? name : StatementNames.nearest(to: name) ?? name))
            statement.attributes += body.attributes
            statement.blocks = body.blocks
            if case .boolean(true)? = body.attributes.first(where: { $0.name == "disabled" })?.value.kind {
                statement.isDisabled = true
            }
        }
        if isWord("as") {
            advance()
            let start = token.start
            let name = try assignedName(isResult: true)
            statement.result = name
            if token.kind == .pipe {
                depth = 1
                let variable = Expression(.variable(name), range(from: start))
                statement.filteredResult = try filtered(variable, [], from: start)
                bareFilter = .none
            }
            try checkNoBody(of: statement)
        }
        statement.range = range(from: start)
        statement.isDamaged = syntaxErrors > errors
        return statement
    }

    private mutating func statementName() throws(Failure) -> (String, SourceRange) {
        if token.kind == .word { return dottedName() }
        guard let (name, end) = streamStatement() else { throw unexpectedStatement() }
        let start = token.start
        move(to: end)
        return (name, range(from: start))
    }

    /// `db.add`, `math.bitwise.and`
    mutating func dottedName() -> (String, SourceRange) {
        let start = token.start
        var name = text(token)
        advance()
        while token.kind == .dot, !token.followsSpace {
            let next = peek()
            guard next.kind == .word, !next.followsSpace else { break }
            advance()
            name += "." + text(token)
            advance()
        }
        return (name, range(from: start))
    }

    /// What stands between the name and the brace.
    private mutating func header(of statement: inout Statement) throws(Failure) {
        while !token.followsLineEnd {
            try refuseForeignLoop(statement.name)
            switch token.kind {
            case .text, .multilineText:
                let range = token.range
                try setSubject(.name(takeText(), range), of: &statement)
            case .leftParenthesis:
                let value = try operand([])
                try setSubject(.parenthesised(value), of: &statement)
            case .variable, .element:
                try variableSubject(of: &statement)
            case .word where isWord("as"):
                return
            case .word where isWord("if") && peek().kind == .leftParenthesis:
                let attribute = Attribute(name: "if", nameRange: token.range, value: Expression(.null, token.range))
                advance()
                statement.attributes.append(attribute)
                statement.attributes[statement.attributes.count - 1].value = try operand([])
            case .word where peek().kind == .assign:
                statement.attributes.append(try attribute())
            case .word, .integer, .at:
                try bareSubject(of: &statement)
            default:
                return try checkHeaderEnds(statement)
            }
            try checkNoAssignment(to: statement)
        }
    }

    /// `precondition ($a) && ($b)` has its operator outside the parentheses, `precondition $a == 1` has none.
    private mutating func checkHeaderEnds(_ statement: Statement) throws(Failure) {
        guard let range = statement.subjectRange, token.kind == .question || binaryOperator([]) != nil else { return }
        throw fail(
            .syntax, token.range, "the whole expression of `\(statement.name)` stands in one pair of parentheses",
            "write \(statement.name) (\(text(range)) \(text(token)) …)")
    }

    /// `foreach ($list) as $item { … }` has its variable in the wrong place.
    private mutating func checkNoBody(of statement: Statement) throws(Failure) {
        guard token.kind == .leftBrace, !token.followsLineEnd, let result = statement.result else { return }
        let isLoop = statement.name == "foreach" || statement.name == "for"
        let failure = fail(
            .syntax, token.range, "`as` stands behind the braces of `\(statement.name)`",
            isLoop
                ? "write \(statement.name) (…) { each as $\(result) { … } }"
                : "write \(statement.name) { … } as $\(result)")
        skipBracketed()
        throw failure
    }

    /// Statements that have their value in braces, unlike in other languages, and those that have it in parentheses.
    private mutating func checkSubject(of statement: Statement) {
        if ["precondition", "switch", "foreach", "for", "while"].contains(statement.name),
            let range = statement.subjectRange, text(range).utf8.first != UInt8(ascii: "(")
        {
            report(
                .syntax, range, "`\(statement.name)` needs parentheses around what it works on",
                "write \(statement.name) (\(text(range)))")
        }
        guard ["return", "throw", "debug.log", "debug.stop"].contains(statement.name),
            let range = statement.subjectRange
        else { return }
        report(
            .syntax, range, "`\(statement.name)` takes its value in braces",
            "write \(statement.name) { value = \(text(range)) }")
    }

    private mutating func setSubject(_ subject: Statement.Subject, of statement: inout Statement) throws(Failure) {
        guard statement.subject == nil else {
            throw fail(
                .syntax, SourceRange(start: statement.nameRange.start, end: previousEnd),
                "`\(statement.name)` has two subjects",
                "one name, one variable or one `(…)` stands between its name and the brace")
        }
        statement.subject = subject
    }

    private mutating func variableSubject(of statement: inout Statement) throws(Failure) {
        let start = token.start
        let target = try operand([])
        bareFilter = .none
        if case .filter = target.kind {
            return try setSubject(.parenthesised(target), of: &statement)
        }
        let declares = statement.name == "var" || statement.name == "var.update"
        if declares, case .root(let root) = target.kind, ReservedNames.contains(root.rawValue) {
            report(
                .name, range(from: start), "`$\(root.rawValue)` cannot be assigned",
                ReservedNames.remedy(for: root.rawValue))
        }
        try setSubject(.target(target), of: &statement)
    }

    /// A name without quotation marks, as `user`, `folder/name` or `48`.
    private mutating func bareSubject(of statement: inout Statement) throws(Failure) {
        let isPath = statement.name.hasSuffix(".call") || statement.name.hasSuffix(".run")
        let (name, range) = bareName(allowsParameters: isPath)
        if statement.name == "var" || statement.name == "var.update" {
            // An older form of the language.
            report(
                .syntax, range, "a variable's name begins with `$`", "write \(statement.name) $\(name) { value = … }",
                severity: .warning)
            return try setSubject(.target(Expression(.variable(name), range)), of: &statement)
        }
        try setSubject(.name(name, range), of: &statement)
    }

    /// Reads up to white space, a brace or a parenthesis.
    mutating func bareName(allowsParameters: Bool) -> (String, SourceRange) {
        let start = token.start
        var end = start
        while let byte = lexer.byte(at: end) {
            if byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") { break }
            if byte == UInt8(ascii: "}") { break }
            if byte == UInt8(ascii: "/"), lexer.byte(at: end + 1) == UInt8(ascii: "/") { break }
            if byte == UInt8(ascii: "{") {
                guard allowsParameters, end == start || file.bytes[end - 1] == UInt8(ascii: "/"),
                    let close = endOfParameter(from: end)
                else { break }
                end = close
                continue
            }
            end += 1
        }
        if end == start { end = token.end }
        let range = SourceRange(start: start, end: end)
        let name = text(range)
        move(to: end)
        return (name, range)
    }

    /// Behind `{name}` in a path.
    private func endOfParameter(from start: Int) -> Int? {
        var end = start + 1
        while let byte = lexer.byte(at: end), byte > UInt8(ascii: " "), byte != UInt8(ascii: "}") { end += 1 }
        return lexer.byte(at: end) == UInt8(ascii: "}") && end > start + 1 ? end + 1 : nil
    }

    /// `var $x = 5` is how other languages write it.
    private mutating func checkNoAssignment(to statement: Statement) throws(Failure) {
        guard token.kind == .assign, case .target(let target)? = statement.subject else { return }
        let name = StatementNames.contains(statement.name) ? statement.name : "var"
        throw fail(
            .syntax, token.range, "a variable gets its value in braces",
            "write \(name) \(text(target.range)) { value = … }")
    }

    private mutating func unexpectedStatement() -> Failure {
        if token.kind == .variable || token.kind == .element {
            return foreignStatement()
        }
        return unexpected(expected: "a statement")
    }

    /// The variable after `as`, without the dollar sign.
    ///
    /// Exports have results in `$response` and `$output`, although the names are reserved.
    mutating func assignedName(isResult: Bool = false) throws(Failure) -> String {
        let start = token.start
        let name: String
        switch token.kind {
        case .variable:
            switch variable().kind {
            case .variable(let plain): name = plain
            case .root(let root): name = root.rawValue
            default: name = ""
            }
        case .word:
            name = text(token)
            // An older form of the language.
            report(
                .syntax, token.range, "a variable's name begins with `$`", "write as $\(name)", severity: .warning)
            advance()
        default:
            throw unexpected(expected: "a variable such as $name after `as`")
        }
        if ReservedNames.contains(name) {
            let isAllowed = isResult && ReservedNames.mayHoldResult(name)
            report(
                .name, range(from: start),
                isAllowed ? "`$\(name)` is a reserved name" : "`$\(name)` cannot be assigned",
                ReservedNames.remedy(for: name), severity: isAllowed ? .warning : .error)
        }
        if token.kind == .dot || token.kind == .leftBracket, !token.followsSpace {
            throw fail(
                .syntax, token.range, "a result goes to a whole variable", "use var.update to change a part of one")
        }
        return name
    }
}

extension Statement {
    fileprivate var subjectRange: SourceRange? {
        switch subject {
        case nil: nil
        case .name(_, let range)?: range
        case .target(let value)?, .parenthesised(let value)?: value.range
        }
    }
}
