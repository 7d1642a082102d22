extension Parser {
    /// The value with the filters that follow it. In a filter's argument there are none: there `|` ends the argument.
    mutating func filtered(
        _ base: Expression, _ context: ExpressionContext, from start: Int
    ) throws(Failure) -> Expression {
        var result = base
        guard !context.contains(.argument) else { return result }
        if token.kind == .pipe { try checkNoBareWord(result) }
        while token.kind == .pipe {
            let baseDepth = depth
            advance()
            let isDisabled = take(.exclamation)
            guard token.kind == .word else { throw unexpected(expected: "the name of a filter") }
            let name = text(token)
            let nameRange = token.range
            advance()
            let isCall = token.kind == .leftParenthesis && !token.followsSpace
            let (arguments, deepest) = try isCall ? called(name) : filterArguments(of: name, context)
            if !isDisabled {
                let filter = Filter(name: name, nameRange: fixedRange ?? nameRange, arguments: arguments)
                result = deeper(.filter(result, filter), than: max(baseDepth, deepest), from: start)
            } else {
                depth = baseDepth
            }
            let whole = SourceRange(start: start, end: previousEnd)
            bareFilter = arguments.isEmpty ? .withoutArguments(whole) : .withArguments(whole)
        }
        return result
    }

    /// `|default("x")`
    private mutating func called(_ name: String) throws(Failure) -> (arguments: [Expression], depth: Int) {
        let range = token.range
        let isEmpty = peek().kind == .rightParenthesis
        report(
            .syntax, range, "the arguments of a filter stand behind colons",
            isEmpty ? "write |\(name)" : "write |\(name):…")
        return (try foreignArguments(), Self.maximumDepth / 2)
    }

    private mutating func filterArguments(
        of name: String, _ context: ExpressionContext
    ) throws(Failure) -> (arguments: [Expression], depth: Int) {
        var arguments: [Expression] = []
        var deepest = 0
        let inner = context.union(.argument)
        while token.kind == .colon, !(context.contains(.chosen) && token.followsSpace) {
            let start = token.end
            advance()
            if endsHere(context) {
                report(
                    .syntax, SourceRange(start: start - 1, end: start), "no argument follows this colon",
                    "write the argument, or remove the `:`", severity: .warning)
                break
            }
            if let mark = bareMark() {
                arguments.append(mark)
                deepest = max(deepest, 1)
                continue
            }
            let argument = try nested { (parser) throws(Failure) in
                Self.takesWholeExpressions(name)
                    ? try parser.expression(inner) : try parser.binary(.concatenation, inner)
            }
            arguments.append(argument)
            deepest = max(deepest, depth)
            if token.start <= start { break }
        }
        return (arguments, deepest)
    }

    /// Whether what is next closes what is around a filter whose last colon has no argument behind it.
    private func endsHere(_ context: ExpressionContext) -> Bool {
        if token.kind == .rightParenthesis { return context.contains(.grouped) }
        guard token.kind == .backtick, context.contains(.backtick) else { return false }
        // One that opens has its expression right behind it.
        let next = peek()
        return next.followsLineEnd || next.kind == .endOfFile || next.kind.isClosing
    }

    /// A point or a comma right behind the colon is a text, as in `|number_format:2:.:,`.
    private mutating func bareMark() -> Expression? {
        guard token.kind == .dot || token.kind == .comma, !token.followsSpace else { return nil }
        let mark = token
        advance()
        return Expression(.text(text(mark)), range(from: mark.start))
    }

    /// Whether comparisons, `&&`, `||`, `??` and `? :` belong to the argument: of filters whose argument is an
    /// expression for each element, and of those that put a value somewhere. Of the others the argument is a key or
    /// an operand, and what is compared is the filtered value.
    private static func takesWholeExpressions(_ filter: String) -> Bool {
        wholeExpressionFilters.contains(filter)
    }

    private static let wholeExpressionFilters: Set<String> = [
        "map", "filter", "find", "findIndex", "find_index", "some", "every", "reduce", "transform", "index_by",
        "set", "set_conditional", "set_ifnotempty", "set_ifnotnull", "push", "unshift", "append", "prepend", "merge",
        "fill", "fill_keys",
    ]
}
