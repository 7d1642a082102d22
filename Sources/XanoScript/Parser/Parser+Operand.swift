import Values

extension Parser {
    /// An operand: signs, a value, its path, its filters.
    mutating func operand(_ context: ExpressionContext) throws(Failure) -> Expression {
        bareFilter = .none
        let start = token.start
        if takeForeignNot() {
            let inner = try nested { (parser) throws(Failure) in try parser.operand(context) }
            return deeper(.not(inner), than: depth, from: start)
        }
        switch token.kind {
        case .exclamation:
            if let type = castType() { return try cast(type, context, from: start) }
            advance()
            let inner = try nested { (parser) throws(Failure) in try parser.operand(context) }
            return deeper(.not(inner), than: depth, from: start)
        case .minus:
            advance()
            if !token.followsSpace, token.kind == .integer || token.kind == .decimal {
                return try filtered(try number(isNegative: true, from: start), context, from: start)
            }
            let inner = try nested { (parser) throws(Failure) in try parser.operand(context) }
            return deeper(.negative(inner), than: depth, from: start)
        case .pipe where !context.contains(.argument):
            // `|uuid`: a filter of nothing.
            depth = 1
            return try filtered(Expression(.null, SourceRange(start: start, end: start)), context, from: start)
        default:
            return try filtered(try path(try value(context), from: start), context, from: start)
        }
    }

    /// A value without what may follow it.
    private mutating func value(_ context: ExpressionContext) throws(Failure) -> Expression {
        depth = 1
        let start = token.start
        switch token.kind {
        case .word: return try word()
        case .variable: return variable()
        case .element:
            advance()
            return Expression(.element, range(from: start))
        case .integer, .decimal: return try number(isNegative: false, from: start)
        case .text, .multilineText, .timestamp: return Expression(.text(takeText()), range(from: start))
        case .leftParenthesis: return try parenthesised(context)
        case .leftBracket: return try array(context)
        case .leftBrace: return try object(context)
        case .backtick, .tripleBacktick: return try backticked(context)
        case .unknown where text(token) == "$": return try unnamedVariable()
        default: throw unexpected(expected: "a value")
        }
    }

    /// `$["any name"]`, and the `$` or `$[""]` of a field in which no variable was chosen.
    private mutating func unnamedVariable() throws(Failure) -> Expression {
        let start = token.start
        let next = peek()
        let standsAlone = next.followsLineEnd || next.kind == .rightBrace || next.kind == .endOfFile
        if next.kind == .leftBracket, !next.followsSpace {
            advance()
            advance()
            guard token.kind == .text else { throw unexpected(expected: "a name in quotation marks") }
            let name = takeText()
            try expect(.rightBracket, "`]` after the name")
            return name.isEmpty ? empty(from: start) : Expression(.variable(name), range(from: start))
        }
        guard standsAlone else { throw unexpected(expected: "a value") }
        advance()
        return empty(from: start)
    }

    /// Exports have an empty expression where nothing was filled in.
    private mutating func empty(from start: Int) -> Expression {
        let range = range(from: start)
        report(.syntax, range, "there is no expression here, so it is null", severity: .warning)
        depth = 1
        return Expression(.null, range)
    }

    /// What a text token means; the token is read.
    mutating func takeText() -> String {
        let token = token
        advance()
        switch token.kind {
        case .text: return TextLiteral.value(file.bytes[token.start + 1..<token.end - 1])
        case .multilineText: return TextLiteral.multilineValue(file.bytes[token.start + 3..<token.end - 3])
        default: return text(token)
        }
    }

    private mutating func number(isNegative: Bool, from start: Int) throws(Failure) -> Expression {
        let token = token
        let digits = (isNegative ? "-" : "") + text(token)
        advance()
        if token.kind == .integer {
            if let value = Int64(digits) { return Expression(.integer(value), range(from: start)) }
            throw fail(
                .type, token.range, "this whole number does not fit into 64 bits",
                "write it as a text, or with a decimal point")
        }
        guard let value = Double(digits), value.isFinite else {
            throw fail(.type, token.range, "this number is too large", "write it as a text")
        }
        return Expression(.decimal(value), range(from: start))
    }

    private mutating func parenthesised(_ context: ExpressionContext) throws(Failure) -> Expression {
        let opening = token
        let start = opening.start
        return try nested { (parser) throws(Failure) in
            parser.advance()
            if parser.take(.rightParenthesis) { return parser.empty(from: start) }
            let inner = context.inside(grouped: true)
            var value = try parser.expression(inner)
            if parser.token.kind == .range {
                let fromDepth = parser.depth
                parser.advance()
                let end = try parser.expression(inner)
                value = parser.deeper(
                    .sequence(from: value, to: end), than: max(fromDepth, parser.depth), from: start)
            }
            guard parser.take(.rightParenthesis) else { throw parser.unclosed(opening, ")") }
            if !context.contains(.argument) { try parser.checkNoBareWord(value) }
            parser.bareFilter = .none
            // The parentheses belong to the range, so that messages quote them.
            value.range = parser.range(from: start)
            return value
        }
    }

    /// `` `…` `` and ` ```…``` `: an expression like any other, over several lines.
    private mutating func backticked(_ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        let mark = token.kind
        if mark == .backtick { try refuseTemplate() }
        return try nested { (parser) throws(Failure) in
            parser.advance()
            if parser.take(mark) { return parser.empty(from: start) }
            var value = try parser.expression(context.inside(grouped: true).union(.backtick))
            try parser.expect(
                mark, mark == .backtick ? "an operator or the closing `" : "an operator or the closing ```")
            parser.bareFilter = .none
            value.range = parser.range(from: start)
            return value
        }
    }

    /// A keyword of values, a bare word such as `asc`, or a call such as `text.contains(a, b)`.
    private mutating func word() throws(Failure) -> Expression {
        let start = token.start
        let first = text(token)
        advance()
        switch first {
        case "true": return Expression(.boolean(true), range(from: start))
        case "false": return Expression(.boolean(false), range(from: start))
        case "null": return Expression(.null, range(from: start))
        case "now": return Expression(.now, range(from: start))
        default: break
        }
        var name = first
        while token.kind == .dot, !token.followsSpace, peek().kind == .word, !peek().followsSpace {
            advance()
            name += "." + text(token)
            advance()
        }
        if token.kind == .leftParenthesis, !token.followsSpace { return try call(name, from: start) }
        return Expression(.word(name), range(from: start))
    }

    /// `math.add(5, 3)` is `5|add:3`.
    private mutating func call(_ name: String, from start: Int) throws(Failure) -> Expression {
        let nameRange = range(from: start)
        guard let filter = FilterCalls.filter(for: name) else {
            let nearest = NearestName.of(name, among: FilterCalls.names)
            throw fail(
                .name, nameRange, "there is no function `\(name)` that can be called in an expression",
                nearest.map { "did you mean `\($0)`?" }
                    ?? "use a filter, `$value|name:argument`, or the statement function.run before it")
        }
        var arguments: [Expression] = []
        var deepest = 0
        try nested { (parser) throws(Failure) in
            parser.advance()
            while parser.token.kind != .rightParenthesis {
                arguments.append(try parser.expression(.grouped))
                deepest = max(deepest, parser.depth)
                if !parser.take(.comma) { break }
            }
            try parser.expect(.rightParenthesis, "`,` or `)`")
        }
        guard let base = arguments.first else {
            throw fail(.syntax, range(from: start), "`\(name)` needs an argument")
        }
        bareFilter = .none
        let use = Filter(name: filter, nameRange: nameRange, arguments: Array(arguments.dropFirst()))
        return deeper(.filter(base, use), than: deepest, from: start)
    }
}
