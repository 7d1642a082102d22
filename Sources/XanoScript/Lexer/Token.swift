/// One token: what it is and where. Its text is what stands there.
struct Token {
    var kind: Kind
    var start: Int
    var end: Int
    /// A line end stands between the token before and this one.
    var followsLineEnd: Bool
    /// White space or a comment stands between the token before and this one.
    var followsSpace: Bool

    var range: SourceRange { SourceRange(start: start, end: end) }

    enum Kind: UInt8 {
        case endOfFile
        /// A byte that begins nothing, or a character that is no part of the language.
        case unknown
        /// `name`, `true`, `conditional`: whether a word is a keyword depends on where it stands.
        case word
        /// `$name`
        case variable
        /// `$$`
        case element
        case integer
        case decimal
        /// `2025-03-17 18:33:50+0000`, of a task's schedule.
        case timestamp
        /// `"…"` or `'…'`
        case text
        /// `"""…"""` or `'''…'''`
        case multilineText
        /// Text of either kind whose end is missing.
        case unterminatedText
        /// One that begins or ends an expression.
        case backtick
        case tripleBacktick

        case leftBrace, rightBrace, leftBracket, rightBracket, leftParenthesis, rightParenthesis
        case comma, colon, dot, range, pipe, question, exclamation, at
        case assign, equal, identical, notEqual, notIdentical
        case less, lessOrEqual, greater, greaterOrEqual
        case plus, minus, times, divide, remainder, tilde, notTilde, and, or, coalesce, jsonContains
    }
}

extension Token.Kind {
    var isOpening: Bool { self == .leftBrace || self == .leftBracket || self == .leftParenthesis }
    var isClosing: Bool { self == .rightBrace || self == .rightBracket || self == .rightParenthesis }
}
