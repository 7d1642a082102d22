extension Parser {
    /// The type if a cast is next, such as `!int "5"`: a type's name right behind the mark, and then a literal.
    func castType() -> CastType? {
        var copy = lexer
        let name = copy.next()
        guard name.kind == .word, !name.followsSpace, let type = CastType(rawValue: text(name)) else { return nil }
        switch copy.next().kind {
        case .text, .multilineText, .integer, .decimal, .minus: return type
        default: return nil
        }
    }

    mutating func cast(
        _ type: CastType, _ context: ExpressionContext, from start: Int
    ) throws(Failure) -> Expression {
        advance()
        advance()
        if type == .expr, token.kind == .text || token.kind == .multilineText {
            let inner = try quotedExpression(context)
            return try filtered(Expression(inner.kind, range(from: start)), context, from: start)
        }
        let literal = try operand(context.union(.argument))
        let value = deeper(.cast(type, literal), than: depth, from: start)
        return try filtered(value, context, from: start)
    }

    /// The expression inside the text of `!expr "…"`. All of it stands where the text stands.
    private mutating func quotedExpression(_ context: ExpressionContext) throws(Failure) -> Expression {
        let range = fixedRange ?? token.range
        let content = takeText()
        return try nested { (parser) throws(Failure) in
            var inner = Parser(file: SourceFile(path: parser.file.path, bytes: Array(content.utf8)))
            inner.nesting = parser.nesting
            inner.fixedRange = range
            var result: Expression?
            do throws(Failure) {
                result = try inner.expression(context.inside(grouped: true).union(.backtick))
                if inner.token.kind != .endOfFile {
                    throw inner.unexpected(expected: "an operator or the end of the text")
                }
            } catch {
                result = nil
            }
            parser.depth = inner.depth
            for diagnostic in inner.diagnostics {
                parser.report(
                    diagnostic.kind, range, diagnostic.message, diagnostic.remedy, severity: diagnostic.severity)
            }
            guard let result else { throw Failure() }
            return result
        }
    }
}
