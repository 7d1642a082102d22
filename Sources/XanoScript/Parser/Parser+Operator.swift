/// An operator that is next, with how tightly it binds.
struct FoundOperator {
    var operation: BinaryOperator
    var precedence: Precedence
}

extension Parser {
    /// The operator that is next, if it goes on with the expression.
    func binaryOperator(_ context: ExpressionContext) -> FoundOperator? {
        if token.kind == .word { return wordOperator(context) }
        guard let (kind, precedence) = Self.symbol(token.kind) else { return nil }
        switch token.kind {
        case .minus where token.followsLineEnd && !context.contains(.grouped):
            // `[1` line end `-2]` has two elements.
            return nil
        case .assign:
            if !context.contains(.query) { return nil }
        case .less where lexer.byte(at: token.end) == UInt8(ascii: ">"): return nil
        case .times where lexer.byte(at: token.end) == UInt8(ascii: "*"): return nil
        default: break
        }
        var range = token.range
        let mayIgnoreNull = precedence == .equality || precedence == .comparison
        let ignoresNull =
            mayIgnoreNull && lexer.byte(at: token.end) == UInt8(ascii: "?")
            && lexer.byte(at: token.end + 1) != UInt8(ascii: "?")
        if ignoresNull { range.end += 1 }
        return FoundOperator(
            operation: BinaryOperator(kind, ignoresNull: ignoresNull, range: range), precedence: precedence)
    }

    private static func symbol(_ kind: Token.Kind) -> (BinaryOperator.Kind, Precedence)? {
        switch kind {
        case .coalesce: (.coalesce, .coalesce)
        case .or: (.or, .or)
        case .and: (.and, .and)
        case .equal, .assign: (.equal, .equality)
        case .notEqual: (.notEqual, .equality)
        case .identical: (.identical, .equality)
        case .notIdentical: (.notIdentical, .equality)
        case .jsonContains: (.jsonContains, .equality)
        case .notTilde: (.notMatches, .equality)
        case .less: (.less, .comparison)
        case .lessOrEqual: (.lessOrEqual, .comparison)
        case .greater: (.greater, .comparison)
        case .greaterOrEqual: (.greaterOrEqual, .comparison)
        case .tilde: (.concatenate, .concatenation)
        case .plus: (.add, .sum)
        case .minus: (.subtract, .sum)
        case .times: (.multiply, .product)
        case .divide: (.divide, .product)
        case .remainder: (.remainder, .product)
        default: nil
        }
    }

    /// `in`, `not between` and their like. Attributes, keys and columns may have these names too.
    private func wordOperator(_ context: ExpressionContext) -> FoundOperator? {
        if token.followsLineEnd && !context.contains(.grouped) { return nil }
        var words = [token]
        if isWord("not") { words.append(peek()) }
        guard let last = words.last, last.kind == .word else { return nil }
        let name = words.map(text).joined(separator: " ")
        guard let kind = Self.wordOperators[name] else { return nil }
        var range = SourceRange(start: token.start, end: last.end)
        let ignoresNull = lexer.byte(at: last.end) == UInt8(ascii: "?")
        if ignoresNull { range.end += 1 }
        if words.count == 1, !ignoresNull {
            let next = peek()
            if next.kind == .assign || next.kind == .colon || next.kind == .leftBrace { return nil }
        }
        return FoundOperator(
            operation: BinaryOperator(kind, ignoresNull: ignoresNull, range: range), precedence: .equality)
    }

    private static let wordOperators: [String: BinaryOperator.Kind] = [
        "in": .contained, "not in": .notContained,
        "between": .between, "not between": .notBetween,
        "contains": .contains, "not contains": .notContains,
        "includes": .includes, "not includes": .notIncludes,
        "overlaps": .overlaps, "not overlaps": .notOverlaps,
        "like": .like, "not like": .notLike,
        "ilike": .ilike, "not ilike": .notIlike,
    ]

    /// Goes on behind an operator, whatever its number of tokens.
    mutating func skipOperator(_ operation: BinaryOperator) {
        move(to: operation.range.end)
    }
}
