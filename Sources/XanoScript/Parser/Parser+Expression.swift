/// Where an expression stands, as far as that decides how it is read.
struct ExpressionContext: OptionSet {
    let rawValue: UInt8

    /// A condition of a query, where a single `=` compares.
    static let query = ExpressionContext(rawValue: 1)
    /// Between parentheses or backticks a line end means nothing.
    static let grouped = ExpressionContext(rawValue: 2)
    /// In a filter's argument: `|` ends it.
    static let argument = ExpressionContext(rawValue: 4)
    /// Between `?` and `:`; a colon after a space ends it.
    static let chosen = ExpressionContext(rawValue: 8)
    /// Between backticks an operator may follow a filter.
    static let backtick = ExpressionContext(rawValue: 16)

    /// The same within brackets of its own.
    func inside(grouped: Bool) -> ExpressionContext {
        var inner = subtracting([.argument, .chosen, .grouped])
        if grouped { inner.insert(.grouped) }
        return inner
    }
}

/// How tightly operators bind, loosest first. PHP's order, but for filters, which bind before any operator.
enum Precedence: Int, Comparable {
    case coalesce = 1, or, and, equality, comparison, concatenation, sum, product

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

extension Parser {
    /// An expression as it stands after `=` or `:`.
    mutating func expression(_ context: ExpressionContext = []) throws(Failure) -> Expression {
        let start = token.start
        let condition = try binary(.coalesce, context)
        guard token.kind == .question else { return condition }
        checkBareFilter(before: "?")
        try checkNoBareWord(condition, isOperand: true)
        let conditionDepth = depth
        advance()
        let (first, second) = try nested { (parser) throws(Failure) in
            let first = try parser.expression(context.union(.chosen))
            let firstDepth = parser.depth
            try parser.expect(.colon, "`:` and the other value of `? :`")
            let second = try parser.expression(context)
            try parser.checkNoBareWord(first, isOperand: true)
            try parser.checkNoBareWord(second, isOperand: true)
            parser.depth = max(firstDepth, parser.depth)
            return (first, second)
        }
        bareFilter = .none
        return deeper(.conditional(condition, first, second), than: max(conditionDepth, depth), from: start)
    }

    /// Operands joined by operators that bind at least as tightly as `minimum`.
    mutating func binary(_ minimum: Precedence, _ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        var left = try operand(context)
        while let found = binaryOperator(context) ?? foreignOperator(context), found.precedence >= minimum {
            if !context.contains(.backtick) { checkBareFilter(before: text(found.operation.range)) }
            try checkNoBareWord(left, isOperand: true)
            let leftDepth = depth
            skipOperator(found.operation)
            let right: Expression
            if found.operation.kind == .between || found.operation.kind == .notBetween {
                right = try bounds(context)
            } else if found.precedence == .coalesce {
                right = try nested { (parser) throws(Failure) in try parser.binary(.coalesce, context) }
            } else {
                right = try binary(Precedence(rawValue: found.precedence.rawValue + 1) ?? .product, context, found)
            }
            try checkNoBareWord(right, isOperand: true)
            left = deeper(.binary(found.operation, left, right), than: max(leftDepth, depth), from: start)
        }
        return left
    }

    /// The right side of an operator; of the tightest there is no tighter one.
    private mutating func binary(
        _ minimum: Precedence, _ context: ExpressionContext, _ found: FoundOperator
    ) throws(Failure) -> Expression {
        found.precedence == .product ? try operand(context) : try binary(minimum, context)
    }

    /// `0:10` after `between`, as an array of the two; or an array as it is.
    private mutating func bounds(_ context: ExpressionContext) throws(Failure) -> Expression {
        let start = token.start
        let lower = try binary(.comparison, context)
        guard token.kind == .colon else { return lower }
        let lowerDepth = depth
        advance()
        let upper = try binary(.comparison, context)
        return deeper(.array([lower, upper]), than: max(lowerDepth, depth), from: start)
    }

    /// An expression one level deeper than its parts. One that gets too deep is an error and is dropped, so that
    /// whoever walks the tree afterwards needs no bound of its own.
    mutating func deeper(_ kind: Expression.Kind, than parts: Int, from start: Int) -> Expression {
        depth = parts + 1
        let range = range(from: start)
        guard depth > Self.maximumDepth else { return Expression(kind, range) }
        report(
            .syntax, SourceRange(start: start, end: min(start + 1, range.end)),
            "this expression is more than \(Self.maximumDepth) operations deep",
            "put a part of it into a variable of its own")
        depth = 1
        return Expression(.invalid, range)
    }

    /// Filters bind tightly to the left, and what follows them without parentheses is read differently by
    /// different people; the language's own documentation calls it an error.
    private mutating func checkBareFilter(before operation: String) {
        switch bareFilter {
        case .none: return
        case .withoutArguments(let range):
            report(
                .syntax, token.range,
                "a filtered value needs parentheses before `\(operation)`",
                "write (\(excerpt(range))) \(operation) …")
        case .withArguments(let range):
            report(
                .syntax, token.range,
                "`\(operation)` after a filter's argument is taken to belong to the filtered value",
                "write (\(excerpt(range))) \(operation) …", severity: .warning)
        }
        bareFilter = .none
    }

    private func excerpt(_ range: SourceRange) -> String {
        let text = text(range)
        return text.utf8.count <= 60 && !text.utf8.contains(UInt8(ascii: "\n")) ? text : "…"
    }
}
