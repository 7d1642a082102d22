/// What other languages write where this one writes something else. Each is read for what it means, so that the rest of
/// the file is judged as well, and reported with the way it is written here.
extension Parser {
    /// Another language's operator that is next, as the operator that it stands for; reported.
    mutating func foreignOperator(_ context: ExpressionContext) -> FoundOperator? {
        guard let foreign = foreignSpelling(context) else { return nil }
        let range = SourceRange(start: token.start, end: foreign.end)
        report(.syntax, range, "there is no operator `\(text(range))`", foreign.remedy)
        var found = foreign.meaning
        found.operation.range = range
        return found
    }

    private struct Foreign {
        var meaning: FoundOperator
        var end: Int
        var remedy: String
    }

    private func foreignSpelling(_ context: ExpressionContext) -> Foreign? {
        switch token.kind {
        case .word, .less, .times, .question, .unknown, .dot, .assign: break
        default: return nil
        }
        if token.followsLineEnd && !context.contains(.grouped) { return nil }
        if token.kind == .word { return foreignWord() }
        let next = peek()
        let isOne = !next.followsSpace
        func spelling(
            _ kind: BinaryOperator.Kind, _ precedence: Precedence, _ length: Int, _ remedy: String
        ) -> Foreign {
            Foreign(
                meaning: FoundOperator(operation: BinaryOperator(kind, range: token.range), precedence: precedence),
                end: token.start + length, remedy: remedy)
        }
        switch token.kind {
        case .less where isOne && next.kind == .greater:
            return spelling(.notEqual, .equality, 2, "write != for \"not equal\"")
        case .times where isOne && next.kind == .times:
            return spelling(.multiply, .product, 2, "for powers there is the filter pow: $value|pow:2")
        case .question where isOne && next.kind == .colon:
            return spelling(.or, .or, 2, "write ?? for what is null, || for what is null, false, 0 or empty")
        case .unknown where text(token) == "&":
            return spelling(.and, .and, 1, "write && for \"and\"; for bits there is the filter bitwise_and")
        case .unknown where text(token) == "^":
            return spelling(.multiply, .product, 1, "for powers there is the filter pow, for bits the filter bitwise_xor")
        case .dot where isForeignDot:
            return spelling(.concatenate, .concatenation, 1, "texts are joined by ~")
        case .assign where context.contains(.grouped) && !(isOne && next.kind == .greater):
            return spelling(.equal, .equality, 1, "write == to compare")
        default:
            return nil
        }
    }

    /// `"a" . "b"`, a point with a space on either side.
    var isForeignDot: Bool {
        guard token.kind == .dot, token.followsSpace else { return false }
        let next = peek()
        guard next.followsSpace, !next.followsLineEnd else { return false }
        return next.kind == .text || next.kind == .variable || next.kind == .leftParenthesis
    }

    private func foreignWord() -> Foreign? {
        guard let (meant, precedence, here) = Self.foreignWords[text(token)] else { return nil }
        let next = peek()
        if next.kind == .assign || next.kind == .colon || next.kind == .leftBrace { return nil }
        var kind = meant
        var end = token.end
        var symbol = here
        if kind == .equal, isWord(next, "not") { (kind, end, symbol) = (.notEqual, next.end, "!=") }
        return Foreign(
            meaning: FoundOperator(operation: BinaryOperator(kind, range: token.range), precedence: precedence),
            end: end, remedy: "write \(symbol)")
    }

    private static let foreignWords: [String: (BinaryOperator.Kind, Precedence, String)] = [
        "and": (.and, .and, "&&"), "AND": (.and, .and, "&&"), "or": (.or, .or, "||"), "OR": (.or, .or, "||"),
        "is": (.equal, .equality, "=="),
    ]

    /// `not $a`
    mutating func takeForeignNot() -> Bool {
        guard isWord("not") else { return false }
        switch peek().kind {
        case .variable, .element, .leftParenthesis: break
        default: return false
        }
        report(.syntax, token.range, "there is no operator `not`", "write !")
        advance()
        return true
    }

    /// `name(…)` behind a value or a filter's name, which is no call; the arguments are read all the same.
    mutating func foreignArguments() throws(Failure) -> [Expression] {
        var arguments: [Expression] = []
        advance()
        while token.kind != .rightParenthesis {
            arguments.append(try nested { (parser) throws(Failure) in try parser.expression(.grouped) })
            if !take(.comma) { break }
        }
        try expect(.rightParenthesis, "`,` or `)`")
        return arguments
    }

    /// A bare word where a value stands alone: of these languages it is null or a truth value, or a text or a
    /// variable without its mark.
    ///
    /// - Parameter isOperand: beside an operator a word of the author's own is taken for its text
    mutating func checkNoBareWord(_ value: Expression, isOperand: Bool = false) throws(Failure) {
        guard case .word(let name) = value.kind, text(value.range) == name else { return }
        let remedy =
            switch name {
            case "None", "nil", "undefined", "NULL", "Null", "NaN": "write null"
            case "True", "TRUE": "write true"
            case "False", "FALSE": "write false"
            case "new", "function", "lambda": "a value is a literal, a variable with its path, or one of these with filters"
            default: "write \"\(name)\" for a text, $\(name) for a variable"
            }
        if isOperand, !Self.foreignValues.contains(name) {
            return report(
                .syntax, value.range, "`\(name)` is taken for the text \"\(name)\"", remedy, severity: .warning)
        }
        throw fail(.syntax, value.range, "`\(name)` is no value", remedy)
    }

    private static let foreignValues: Set<String> = [
        "None", "nil", "undefined", "NULL", "Null", "NaN", "True", "TRUE", "False", "FALSE", "new",
    ]

    /// `` `hello ${name}` `` is JavaScript's way of putting values into a text.
    mutating func refuseTemplate() throws(Failure) {
        var end = token.end
        var isTemplate = false
        while let byte = lexer.byte(at: end), byte != UInt8(ascii: "`") {
            if byte == UInt8(ascii: "\n") { return }
            if byte == UInt8(ascii: "$"), lexer.byte(at: end + 1) == UInt8(ascii: "{") { isTemplate = true }
            end += 1
        }
        guard isTemplate, end < lexer.end else { return }
        let range = SourceRange(start: token.start, end: end + 1)
        let failure = fail(
            .syntax, range, "values are not put into a text between backticks", "join them: \"text \" ~ $value ~ \" text\"")
        move(to: end + 1)
        throw failure
    }

    /// `# …` and `/* … */`, to the end of the line or of the comment.
    mutating func takeForeignComment() -> Bool {
        let start = token.start
        var end: Int
        if token.kind == .unknown, text(token) == "#" {
            end = token.end
            while let byte = lexer.byte(at: end), byte != UInt8(ascii: "\n") { end += 1 }
        } else if token.kind == .divide, lexer.byte(at: token.end) == UInt8(ascii: "*") {
            end = token.end + 1
            while end < lexer.end, lexer.byte(at: end - 1) != UInt8(ascii: "*") || lexer.byte(at: end) != UInt8(ascii: "/") {
                end += 1
            }
            end = min(end + 1, lexer.end)
        } else {
            return false
        }
        report(
            .syntax, SourceRange(start: start, end: start + (token.kind == .divide ? 2 : 1)),
            "a comment begins with //, and ends with its line", "write // before each line of it")
        let before = previousEnd
        move(to: end)
        previousEnd = before
        return true
    }

    /// `for (i = 0; …)`, `foreach ($list as $item)`, `for $i in $list`: the list or the number stands in the parentheses,
    /// the variable in the braces.
    mutating func refuseForeignLoop(_ name: String) throws(Failure) {
        guard name == "for" || name == "foreach" else { return }
        var copy = self
        let opens = token.kind == .leftParenthesis
        if opens { copy.advance() }
        let first = copy.token
        var open = 0
        while !copy.token.followsLineEnd || copy.token.start == first.start {
            let found = copy.token
            if found.kind == .endOfFile || open == 0 && (found.kind == .rightParenthesis || found.kind == .leftBrace) {
                return
            }
            if found.kind.isOpening { open += 1 }
            if found.kind.isClosing { open -= 1 }
            copy.advance()
            guard open == 0 else { continue }
            let isCount = found.kind == .assign || found.kind == .unknown && text(found) == ";"
            let isWord = isWord(found, "as") || isWord(found, "in") || isWord(found, "of")
            guard isCount || isWord && (opens || name == "for") else { continue }
            let before = text(SourceRange(start: first.start, end: copy.previousEndBefore(found)))
            var remedy = "write for (…) { each as $index { … } }"
            if isWord {
                let other = text(copy.token)
                let isAs = self.isWord(found, "as")
                let variable = (isAs ? other : before).drop { $0 == "$" }
                remedy = "write foreach (\(isAs ? before : other)) { each as $\(variable) { … } }"
            }
            let failure = fail(
                .syntax, found.range, "the variable of `\(name)` stands before the braces of its `each`", remedy)
            if opens { skipBracketed() }
            while token.kind != .leftBrace, !token.followsLineEnd, token.kind != .endOfFile { advance() }
            if token.kind == .leftBrace { skipBracketed() }
            throw failure
        }
    }

    private func previousEndBefore(_ token: Token) -> Int {
        var end = token.start
        while end > 0, file.bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return end
    }

    /// `$stream.send { … }` and `$stream.close`, which the documentation has.
    func streamStatement() -> (name: String, end: Int)? {
        guard token.kind == .variable else { return nil }
        var copy = self
        copy.advance()
        guard copy.token.kind == .dot, !copy.token.followsSpace else { return nil }
        copy.advance()
        let name = text(copy.token)
        guard name == "send" || name == "close" else { return nil }
        let end = copy.token.end
        copy.advance()
        let standsAlone = copy.token.followsLineEnd || copy.token.kind.isClosing
        return copy.token.kind == .leftBrace || name == "close" && standsAlone ? ("stream." + name, end) : nil
    }

    /// `$a += 1`, `$a++`, `$a = 1`, `$list.push(1)` as statements.
    mutating func foreignStatement() -> Failure {
        let start = token.start
        var target = text(token)
        advance()
        while token.kind == .dot, !token.followsSpace, peek().kind == .word {
            let dot = token
            advance()
            if peek().kind == .leftParenthesis, !peek().followsSpace {
                return foreignCall(target, from: start)
            }
            target = text(SourceRange(start: start, end: token.end))
            _ = dot
            advance()
        }
        let range = SourceRange(start: start, end: max(start + 1, previousEnd))
        let statement =
            switch (token.kind, peek().kind) {
            case (.plus, .assign): "math.add \(target) { value = … }"
            case (.minus, .assign): "math.sub \(target) { value = … }"
            case (.times, .assign): "math.mul \(target) { value = … }"
            case (.divide, .assign): "math.div \(target) { value = … }"
            case (.tilde, .assign), (.dot, .assign): "text.append \(target) { value = … }"
            case (.plus, .plus): "math.add \(target) { value = 1 }"
            case (.minus, .minus): "math.sub \(target) { value = 1 }"
            default: "var.update \(target) { value = … } to change it"
            }
        return fail(.syntax, range, "a statement cannot begin with a variable", "write \(statement)")
    }

    private mutating func foreignCall(_ target: String, from start: Int) -> Failure {
        let method = text(token)
        let statement: String? =
            switch method {
            case "push", "append", "add": "array.push \(target) { value = … }"
            case "pop": "array.pop \(target) as $last"
            case "shift": "array.shift \(target) as $first"
            case "unshift", "prepend": "array.unshift \(target) { value = … }"
            default: nil
            }
        return fail(
            .syntax, SourceRange(start: start, end: token.end), "values have no methods",
            statement.map { "write \($0)" } ?? "use a statement, or a filter: \(target)|\(method)")
    }
}
