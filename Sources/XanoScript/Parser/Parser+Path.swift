extension Parser {
    /// `$x`, `$var.x`, or the root of a path, such as `$input`.
    mutating func variable() -> Expression {
        let start = token.start
        let name = String(text(token).dropFirst())
        advance()
        if name == "var", token.kind == .dot {
            let next = peek()
            if next.kind == .word || next.kind == .variable {
                advance()
                let inner = text(token)
                advance()
                return Expression(
                    .variable(next.kind == .variable ? String(inner.dropFirst()) : inner), range(from: start))
            }
        }
        if let root = Root(rawValue: name) { return Expression(.root(root), range(from: start)) }
        return Expression(.variable(name), range(from: start))
    }

    /// What follows a value: `.name`, `[index]`, `[from:to]`.
    mutating func path(_ base: Expression, from start: Int) throws(Failure) -> Expression {
        var result = base
        while true {
            switch token.kind {
            case .question where lexer.byte(at: token.end) == UInt8(ascii: ".") && peek().kind == .dot:
                report(
                    .syntax, SourceRange(start: token.start, end: token.end + 1), "there is no operator `?.`",
                    "write a point alone: what is missing reads as null")
                advance()
            case .dot where canHaveMembers(result, from: start) && !isForeignDot:
                result = try member(of: result, from: start)
            case .leftBracket where !token.followsLineEnd && (!token.followsSpace || isVariable(result)):
                guard canHaveMembers(result, from: start) else { return result }
                result = try subscripted(result, from: start)
            default:
                return result
            }
        }
    }

    private func canHaveMembers(_ base: Expression, from start: Int) -> Bool {
        switch base.kind {
        case .null, .boolean, .integer, .decimal, .now, .word: lexer.byte(at: start) == UInt8(ascii: "(")
        default: true
        }
    }

    private func isVariable(_ base: Expression) -> Bool {
        switch base.kind {
        case .variable, .root, .element, .member, .subscripted, .slice: true
        default: false
        }
    }

    private mutating func member(of base: Expression, from start: Int) throws(Failure) -> Expression {
        let baseDepth = depth
        // `.0` would read as a number.
        if lexer.isDigit(token.end) {
            let end = lexer.endOfDigits(from: token.end)
            let name = text(SourceRange(start: token.end, end: end))
            move(to: end)
            return deeper(.member(base, name: name), than: baseDepth, from: start)
        }
        advance()
        let name: String
        switch token.kind {
        case .word where isHeaders(base):
            name = headerName()
        case .word, .variable:
            let range = token.range
            name = text(token)
            advance()
            guard token.kind == .leftParenthesis, !token.followsSpace else { break }
            let target = text(SourceRange(start: start, end: range.start - 1))
            report(.syntax, range, "values have no methods", "use a filter: \(target)|\(name)")
            _ = try foreignArguments()
        case .text:
            name = takeText()
        case .leftBracket:
            // `.["key"]`
            depth = baseDepth
            return try subscripted(base, from: start)
        default:
            throw unexpected(expected: "a name after `.`")
        }
        return deeper(.member(base, name: name), than: baseDepth, from: start)
    }

    private func isHeaders(_ base: Expression) -> Bool {
        guard case .member(let root, "$http_headers") = base.kind, case .root(.env) = root.kind else { return false }
        return true
    }

    /// `X-Some-Header`: what looks like subtraction is a name here.
    private mutating func headerName() -> String {
        var end = token.end
        while let byte = lexer.byte(at: end) {
            let isDash = byte == UInt8(ascii: "-")
            guard isDash || Lexer.wordLength(file.bytes, at: end, end: lexer.end, isFirst: false) == 1 else { break }
            end += 1
        }
        let name = text(SourceRange(start: token.start, end: end))
        move(to: end)
        return name
    }

    /// `[from:to]` counts from the beginning, and forwards.
    private mutating func checkBounds(_ from: Expression?, _ to: Expression?) {
        for bound in [from, to] {
            guard let bound, case .integer(let place) = bound.kind, place < 0 else { continue }
            return report(
                .type, bound.range, "a slice counts from the beginning, so \(place) is no bound of it",
                "for the end there is the filter slice: $list|slice:-2")
        }
        if let to, case .integer(let first)? = from?.kind, case .integer(let last) = to.kind, last < first {
            report(.type, to.range, "the slice ends before it begins")
        }
    }

    private mutating func subscripted(_ base: Expression, from start: Int) throws(Failure) -> Expression {
        var deepest = depth
        return try nested { (parser) throws(Failure) in
            parser.advance()
            var bounds: [Expression?] = [nil, nil]
            if parser.token.kind != .colon, parser.token.kind != .rightBracket {
                bounds[0] = try parser.expression(ExpressionContext([.grouped, .chosen]))
                deepest = max(deepest, parser.depth)
            }
            if parser.token.kind == .rightBracket, let index = bounds[0] {
                parser.advance()
                return parser.deeper(.subscripted(base, index: index), than: deepest, from: start)
            }
            if parser.take(.colon), parser.token.kind != .rightBracket {
                bounds[1] = try parser.expression(.grouped)
                deepest = max(deepest, parser.depth)
            }
            try parser.expect(.rightBracket, "`]`")
            parser.checkBounds(bounds[0], bounds[1])
            return parser.deeper(.slice(base, from: bounds[0], to: bounds[1]), than: deepest, from: start)
        }
    }
}
