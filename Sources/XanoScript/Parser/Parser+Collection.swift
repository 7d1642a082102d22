extension Parser {
    /// `[a, b]`; a line end separates elements as a comma does.
    mutating func array(_ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        var deepest = 0
        let elements = try elements(closing: .rightBracket, "]") { (parser) throws(Failure) in
            let words = parser.bareText()
            let element = if let words { words } else { try parser.expression(context.inside(grouped: false)) }
            deepest = max(deepest, parser.depth)
            return element
        }
        bareFilter = .none
        return deeper(.array(elements), than: deepest, from: start)
    }

    /// Several bare words, as in `[Order placed by, $name]`: exports leave the quotation marks out.
    private mutating func bareText() -> Expression? {
        guard token.kind == .word, peek().kind == .word, !peek().followsLineEnd else { return nil }
        let start = token.start
        advance()
        if binaryOperator([]) != nil {
            move(to: start)
            return nil
        }
        while token.kind == .word, !token.followsLineEnd { advance() }
        depth = 1
        return Expression(.text(text(from: start)), range(from: start))
    }

    /// `{key: value, "key": value}`; a line end separates entries as a comma does.
    mutating func object(_ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        var deepest = 0
        var keys: Set<String> = []
        let entries = try elements(closing: .rightBrace, "}") { (parser) throws(Failure) in
            let entry = try parser.objectEntry(context.inside(grouped: false), &keys)
            deepest = max(deepest, parser.depth)
            return entry
        }
        bareFilter = .none
        return deeper(.object(entries.compactMap(\.self)), than: deepest, from: start)
    }

    /// What stands between brackets. An element that cannot be read is skipped.
    private mutating func elements<Element>(
        closing: Token.Kind, _ mark: String, _ read: (inout Parser) throws(Failure) -> Element
    ) throws(Failure) -> [Element] {
        let opening = token
        return try nested { (parser) throws(Failure) in
            parser.advance()
            var result: [Element] = []
            while parser.token.kind != closing {
                if parser.token.kind == .endOfFile || parser.token.kind.isClosing {
                    throw parser.unclosed(opening, mark)
                }
                let start = parser.token.start
                do throws(Failure) {
                    result.append(try read(&parser))
                    if !parser.take(.comma), parser.token.kind != closing, !parser.token.followsLineEnd,
                        parser.token.kind != .endOfFile, !parser.token.kind.isClosing
                    {
                        throw parser.unexpected(
                            expected: "`,`, a line end or `\(mark)`",
                            parser.bareFilterRemedy())
                    }
                } catch {
                    if parser.token.start == start, !parser.token.kind.isClosing { parser.advance() }
                    parser.skipEntry(closing: closing)
                    _ = parser.take(.comma)
                }
            }
            parser.advance()
            return result
        }
    }

    private func bareFilterRemedy() -> String? {
        token.kind == .colon ? "an object's key stands before the colon, a value behind it" : nil
    }

    /// A bracket whose closing one is missing.
    mutating func unclosed(_ opening: Token, _ mark: String) -> Failure {
        let line = file.position(of: opening.start).line
        let isFar = token.kind == .endOfFile || line != file.position(of: token.start).line
        return unexpected(
            expected: "`\(mark)`", isFar ? "it closes the `\(text(opening))` of line \(line)" : nil)
    }

    /// `key: value`; nil if it is switched off by a `!`.
    private mutating func objectEntry(
        _ context: ExpressionContext, _ keys: inout Set<String>
    ) throws(Failure) -> ObjectEntry? {
        let isDisabled = take(.exclamation)
        let keyStart = token.start
        let key = try objectKey(context)
        if isAgent, token.kind == .leftBrace {
            // `output { enum mood { … } }`
            skipBracketed()
            return nil
        }
        if token.kind == .assign {
            report(
                .syntax, token.range, "in an object a colon stands between key and value",
                "write \(text(from: keyStart)): …")
            advance()
            if token.kind == .greater, !token.followsSpace { advance() }
        } else {
            try expect(.colon, "`:` after the key")
        }
        if case .text(let name) = key.kind, !isDisabled, !keys.insert(name).inserted {
            report(.name, key.range, "the key `\(name)` stands twice in this object", "remove one of the two")
        }
        var inner = context.subtracting(.query)
        if case .text("where") = key.kind { inner.insert(.query) }
        if case .text("search") = key.kind { inner.insert(.query) }
        let value = try expression(inner)
        return isDisabled ? nil : ObjectEntry(key: key, value: value)
    }

    /// A name, which may hold dots and dashes, a text, a number, or an expression for a computed key.
    private mutating func objectKey(_ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        switch token.kind {
        case .word, .integer, .decimal, .at:
            var end = token.end
            while let byte = lexer.byte(at: end) {
                let joins = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                let length = joins ? 1 : Lexer.wordLength(file.bytes, at: end, end: lexer.end, isFirst: false)
                if length == 0 { break }
                end += length
            }
            let name = text(SourceRange(start: start, end: end))
            move(to: end)
            return Expression(.text(name), range(from: start))
        case .text:
            return Expression(.text(takeText()), range(from: start))
        case .variable, .element, .leftParenthesis, .backtick:
            return try operand(context.union(.argument))
        case .leftBracket:
            advance()
            let key = try expression(.grouped)
            try expect(.rightBracket, "`]` after the computed key")
            return key
        default:
            throw unexpected(expected: "a key")
        }
    }
}
