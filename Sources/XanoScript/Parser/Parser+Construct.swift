extension Parser {
    /// Reads a file: one construct, or several with a line `---` between them. Without any there is at least one error.
    package static func parse(_ file: SourceFile) -> (constructs: [Construct], diagnostics: [Diagnostic]) {
        var constructs: [Construct] = []
        var diagnostics: [Diagnostic] = []
        for document in file.documents {
            var parser = Parser(file: file, from: document.start, to: document.end)
            if document.start == 0 { parser.checkEncoding() }
            if parser.token.kind != .endOfFile, let construct = parser.document() { constructs.append(construct) }
            diagnostics += parser.diagnostics.inOrder()
        }
        if constructs.isEmpty, diagnostics.isEmpty {
            diagnostics.append(
                Diagnostic(
                    kind: .syntax, file: file, range: SourceRange(start: 0, end: 0),
                    message: "this file holds no construct",
                    remedy: """
                        a file begins with query, function, middleware, table, api_group, branch, workspace or task
                        """))
        }
        return (constructs, diagnostics)
    }

    /// Reads a text that is one expression.
    package static func parseExpression(
        _ text: String, path: String = "expression"
    ) -> (expression: Expression?, diagnostics: [Diagnostic]) {
        var parser = Parser(file: SourceFile(path: path, bytes: Array(text.utf8)))
        var result: Expression?
        do throws(Failure) {
            result = try parser.expression(.grouped)
            if parser.token.kind != .endOfFile { throw parser.unexpected(expected: "an operator or the end") }
        } catch {
            result = nil
        }
        return (result, parser.diagnostics.inOrder())
    }

    /// A text literal can hold any text, but the file itself has to be UTF-8.
    private mutating func checkEncoding() {
        guard String(validating: file.bytes, as: UTF8.self) == nil else { return }
        var index = 0
        while index < file.bytes.count {
            if file.bytes[index] < 0x80 {
                index += 1
            } else if let (_, length) = Lexer.scalar(file.bytes, at: index, end: file.bytes.count) {
                index += length
            } else {
                break
            }
        }
        report(
            .syntax, SourceRange(start: index, end: index + 1), "this file is not UTF-8",
            "save it as UTF-8; bytes that are no text can be written with the filter hex2bin")
    }

    /// Reads one construct and sees that nothing follows it.
    private mutating func document() -> Construct? {
        while takeForeignComment() {}
        var result: Construct?
        do throws(Failure) {
            result = try construct()
        } catch {
            return nil
        }
        guard token.kind != .endOfFile else { return result }
        if token.kind == .word, ConstructKeywords.contains(construct(at: token)) {
            report(
                .syntax, token.range, "a file holds one construct, unless a line `---` is between them",
                "move this `\(construct(at: token))` to a file of its own, or write `---` alone on a line before it")
        } else {
            _ = unexpected(expected: "the end of the file", "is there a `}` too many before it?")
        }
        return result
    }

    /// The keyword that begins at a token, dots included.
    private func construct(at token: Token) -> String {
        var copy = self
        copy.move(to: token.start)
        return copy.dottedName().0
    }

    private mutating func construct() throws(Failure) -> Construct {
        let start = token.start
        guard token.kind == .word else { throw unexpected(expected: "a construct such as query or function") }
        let (keyword, keywordRange) = dottedName()
        let isKnown = ConstructKeywords.contains(keyword)
        if !isKnown {
            report(
                .name, keywordRange, "there is no construct `\(keyword)`", ConstructKeywords.remedy(for: keyword))
        }
        let (name, nameRange) = try constructName(keyword)
        var header = Body()
        while token.kind == .word, peek().kind == .assign {
            header.attributes.append(try attribute())
        }
        guard token.kind == .leftBrace else {
            throw unexpected(expected: "`{` after the name of the \(keyword)")
        }
        // Of an unknown construct the inside could only be guessed at.
        guard isKnown else {
            skipBracketed()
            throw Failure()
        }
        isAgent = keyword == "agent"
        var body = try body(.construct(keyword))
        body.attributes = header.attributes + body.attributes
        let construct = Construct(
            file: file, name: name, nameRange: nameRange, kind: kind(keyword, body, nameRange),
            range: range(from: start))
        return construct
    }

    private mutating func constructName(_ keyword: String) throws(Failure) -> (String, SourceRange) {
        let range = token.range
        switch token.kind {
        case .text:
            let name = takeText()
            check(name, range, keyword)
            return (name, range)
        case .leftBrace where keyword.hasPrefix("run."):
            return ("", range)
        case .leftBrace where keyword != "query", .endOfFile:
            throw unexpected(expected: "the name of the \(keyword)", "write \(keyword) \"name\" { … }")
        default:
            let (name, range) = bareName(allowsParameters: keyword == "query")
            check(name, range, keyword)
            return (name, range)
        }
    }

    private mutating func check(_ name: String, _ range: SourceRange, _ keyword: String) {
        if name.isEmpty {
            report(.name, range, "the name of \(Self.article(keyword)) \(keyword) cannot be empty")
        } else if name.utf8.first == UInt8(ascii: "/"), keyword == "function" {
            report(
                .name, range, "the name of a function does not begin with `/`", "write \(name.drop { $0 == "/" })")
        }
    }
}

extension [Diagnostic] {
    /// In the order of their places; those of one place as they were found.
    func inOrder() -> [Diagnostic] {
        enumerated()
            .sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }
            .map(\.element)
    }
}
