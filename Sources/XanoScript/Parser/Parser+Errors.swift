extension Parser {
    mutating func report(
        _ kind: Diagnostic.Kind, _ range: SourceRange, _ message: String, _ remedy: String? = nil,
        severity: Diagnostic.Severity = .error, notes: [Diagnostic.Note] = []
    ) {
        if kind == .syntax, severity == .error { syntaxErrors += 1 }
        guard diagnostics.count < Self.maximumDiagnostics else { return }
        // One place, one error: what follows from it says nothing new.
        if let last = diagnostics.last, last.range.start == range.start, last.severity == severity { return }
        var remedy = remedy
        if severity == .error, let line = takeLineOfLongText(before: range.start) {
            let hint = "the text that begins in line \(line) runs over several lines; is a quotation mark missing?"
            remedy = remedy.map { $0 + "\n" + hint } ?? hint
        }
        diagnostics.append(
            Diagnostic(
                severity: severity, kind: kind, file: file, range: fixedRange ?? range, message: message,
                remedy: remedy, notes: notes))
        if diagnostics.count == Self.maximumDiagnostics {
            diagnostics.append(
                Diagnostic(
                    kind: .syntax, file: file, range: range,
                    message: "too many errors in this file; those that follow are not shown"))
            lexer.move(to: lexer.end)
        }
    }

    /// The line in which a text of several lines begins, if it ends shortly before an error; told once.
    private mutating func takeLineOfLongText(before offset: Int) -> Int? {
        guard let long = lastLongText, offset >= long.start, offset - long.end < 200 else { return nil }
        lastLongText = nil
        return file.position(of: long.start).line
    }

    mutating func fail(
        _ kind: Diagnostic.Kind, _ range: SourceRange, _ message: String, _ remedy: String? = nil
    ) -> Failure {
        report(kind, range, message, remedy)
        return Failure()
    }

    /// The next token is none of those that may stand here.
    mutating func unexpected(expected: String, _ remedy: String? = nil) -> Failure {
        if token.kind == .unterminatedText {
            let mark = text(SourceRange(start: token.start, end: min(token.start + 1, token.end)))
            let isLong = file.bytes[token.start..<token.end].starts(with: Array((mark + mark + mark).utf8))
            let marks = isLong ? mark + mark + mark : mark
            return fail(.syntax, token.range, "this text is never closed", "end it with \(marks)")
        }
        var notes: [String] = []
        if let remedy { notes.append(remedy) }
        if let mend = mendOfUnexpectedToken() { notes.append(mend) }
        return fail(
            .syntax, visibleRange(of: token), "expected \(expected), found \(description(of: token))",
            notes.isEmpty ? nil : notes.joined(separator: "\n"))
    }

    /// What an error about a token points at: at the end of the file there is nothing to point at but the end of
    /// what was read last.
    private func visibleRange(of token: Token) -> SourceRange {
        guard token.kind == .endOfFile else { return token.range }
        let end = min(previousEnd, file.bytes.count)
        return SourceRange(start: max(0, end - 1), end: end)
    }

    func description(of token: Token) -> String {
        switch token.kind {
        case .endOfFile: return "the end of the file"
        case .text, .multilineText, .unterminatedText: return "a text"
        default:
            let text = text(token)
            return text.count > 40 ? "`\(text.prefix(40))…`" : "`\(text)`"
        }
    }

    private func mendOfUnexpectedToken() -> String? {
        if token.kind == .assign, lexer.byte(at: token.end) == UInt8(ascii: ">") {
            return "what is done for each element is an expression with $$ in it: |map:$$.id"
        }
        guard token.kind == .unknown else { return nil }
        switch text(token) {
        case "&": return "write `&&` for \"and\"; for bits there is the filter bitwise_and"
        case "^": return "for bits there is the filter bitwise_xor, for powers the filter pow"
        case ";": return "statements and attributes end with their line, without a semicolon"
        case "#": return "a comment begins with //"
        case "\u{201C}", "\u{201D}", "\u{201E}": return "write the straight quotation mark \""
        case "\u{2018}", "\u{2019}": return "write the straight quotation mark '"
        case "$": return "write the variable's name right behind the `$`"
        default: return nil
        }
    }
}

// MARK: - Going on after an error

extension Parser {
    /// Skips what cannot be read between braces: to the next line at this level, or to the closing brace.
    mutating func skipToLineEnd() {
        skip { $0.followsLineEnd || $0.kind == .rightBrace }
    }

    /// The same inside an object or an array, where a comma ends an entry too.
    mutating func skipEntry(closing: Token.Kind) {
        skip { $0.followsLineEnd || $0.kind == .comma || $0.kind == closing || $0.kind == .rightBrace }
    }

    /// Skips tokens until one outside of brackets fits. Closing brackets whose opening ones were read before the
    /// error are skipped as well.
    private mutating func skip(until fits: (Token) -> Bool) {
        var open = 0
        while token.kind != .endOfFile {
            if open == 0, fits(token) { return }
            if token.kind.isOpening { open += 1 }
            if token.kind.isClosing, open > 0 { open -= 1 }
            advance()
        }
    }

    /// Skips a balanced `{ … }`, `[ … ]` or `( … )` that is next.
    mutating func skipBracketed() {
        var open = 0
        repeat {
            if token.kind.isOpening { open += 1 }
            if token.kind.isClosing { open -= 1 }
            advance()
        } while open > 0 && token.kind != .endOfFile
    }

    /// Calls `body`; if it fails, skips the rest of the line. Always gets ahead.
    mutating func recovering(_ body: (inout Parser) throws(Failure) -> Void) {
        let start = token.start
        do throws(Failure) {
            try body(&self)
        } catch {
            syntaxErrors += 1
            if token.start == start, !token.kind.isClosing { advance() }
            skipToLineEnd()
        }
        if token.start == start, token.kind != .endOfFile, !token.kind.isClosing { advance() }
    }
}
