/// Reads one file, or a part of it: a construct with everything in it, and every error on the way. After an error it goes on at the
/// next line or bracket, so that one run tells all. Time is linear in the file's size, recursion and the depth of
/// what it builds are bounded.
package struct Parser {
    /// How deep parentheses, objects, arrays and blocks may be nested.
    package static let maximumNesting = 100
    /// How deep an expression may be as a tree; a chain of operators or filters counts each of them.
    package static let maximumDepth = 400
    /// After so many errors in one file the rest is of no use.
    static let maximumDiagnostics = 100

    let file: SourceFile
    var lexer: Lexer
    /// The token to be read next.
    var token: Token
    /// Where the token before it ended.
    var previousEnd: Int
    var nesting = 0
    /// Depth of the expression that was read last.
    var depth = 0
    /// Whether the operand that was read last ends in a filter without parentheses around it.
    var bareFilter = BareFilter.none
    var diagnostics: [Diagnostic] = []
    /// How many errors of syntax there were, also those that were not told because they follow from others, and how
    /// often something was skipped.
    var syntaxErrors = 0
    /// A text in single quotation marks that runs over several lines: where one was forgotten, the error shows
    /// up behind it.
    var lastLongText: SourceRange?
    /// The `llm` of an agent has a block between its entries.
    var isAgent = false
    /// Set while the text of `!expr "…"` is read: all that is in it stands where the text stands.
    var fixedRange: SourceRange?

    enum BareFilter {
        case none
        case withoutArguments(SourceRange)
        case withArguments(SourceRange)
    }

    init(file: SourceFile, from start: Int = 0, to end: Int? = nil) {
        self.file = file
        lexer = Lexer(file.bytes, from: start, to: end)
        previousEnd = start
        token = lexer.next()
        noteLongText()
    }

    /// Thrown where nothing can be made of what is there; the diagnostic has been written down.
    struct Failure: Error {}
}

// MARK: - Tokens

extension Parser {
    mutating func advance() {
        previousEnd = token.end
        token = lexer.next()
        noteLongText()
    }

    /// Goes on reading at a byte, after something was read straight from the bytes.
    mutating func move(to offset: Int) {
        lexer.move(to: offset)
        previousEnd = offset
        token = lexer.next()
        noteLongText()
    }

    private mutating func noteLongText() {
        guard token.kind == .text else { return }
        if file.bytes[token.start..<token.end].contains(UInt8(ascii: "\n")) { lastLongText = token.range }
    }

    /// The token after the next one.
    func peek() -> Token {
        var copy = lexer
        return copy.next()
    }

    func text(_ token: Token) -> String {
        String(decoding: file.bytes[token.start..<token.end], as: UTF8.self)
    }

    func text(_ range: SourceRange) -> String {
        String(decoding: file.bytes[range.start..<max(range.start, range.end)], as: UTF8.self)
    }

    func isWord(_ token: Token, _ word: String) -> Bool {
        token.kind == .word && file.bytes[token.start..<token.end].elementsEqual(word.utf8)
    }

    func isWord(_ word: String) -> Bool { isWord(token, word) }

    /// The range from a byte to the end of what was read last, as the syntax tree has it.
    func range(from start: Int) -> SourceRange {
        fixedRange ?? SourceRange(start: start, end: max(start, previousEnd))
    }

    /// What was read from a byte on.
    func text(from start: Int) -> String {
        text(SourceRange(start: start, end: max(start, previousEnd)))
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ expected: String) throws(Failure) {
        if token.kind == kind { return advance() }
        throw unexpected(expected: expected)
    }

    /// Runs `body` one level deeper.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard nesting < Self.maximumNesting else {
            throw fail(
                .syntax, token.range, "nesting is deeper than \(Self.maximumNesting) levels",
                "move the inner part to a variable or a function of its own")
        }
        nesting += 1
        defer { nesting -= 1 }
        return try body(&self)
    }
}
