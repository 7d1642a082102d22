import Values

/// Cuts a template into pieces, and what stands between braces into tokens.
struct TemplateLexer {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var pieces: [TemplatePiece] = []
    /// Where the last tag ended, before white space was taken away behind it.
    private var tagEnd: (index: Int, line: Int, trim: UInt8) = (0, 1, 0)

    init(_ source: Text) {
        bytes = source.bytes
    }

    mutating func cut() throws -> [TemplatePiece] {
        var start = 0
        while let open = nextOpening(from: index) {
            index = open
            let kind = bytes[open + 1]
            let trim = open + 2 < bytes.count ? bytes[open + 2] : 0
            appendText(start..<open, trimmingEnd: trim)
            index = open + (trim == UInt8(ascii: "-") || trim == UInt8(ascii: "~") ? 3 : 2)
            switch kind {
            case UInt8(ascii: "#"): try skipComment()
            case UInt8(ascii: "{"):
                let opening = line
                let tokens = try tokens(until: UInt8(ascii: "}"), openedAt: opening)
                pieces.append(TemplatePiece(kind: .output(tokens), line: opening))
            default: try lexTag()
            }
            start = index
        }
        appendText(start..<bytes.count, trimmingEnd: 0)
        return pieces
    }

    private func nextOpening(from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{"), [0x7b, 0x25, 0x23].contains(bytes[index + 1]) { return index }
            index += 1
        }
        return nil
    }

    private mutating func appendText(_ range: Range<Int>, trimmingEnd trim: UInt8) {
        var end = range.upperBound
        if trim == UInt8(ascii: "-") {
            while end > range.lowerBound, bytes[end - 1].isTemplateSpace { end -= 1 }
        } else if trim == UInt8(ascii: "~") {
            while end > range.lowerBound, [0x20, 0x09].contains(bytes[end - 1]) { end -= 1 }
        }
        if end > range.lowerBound {
            pieces.append(TemplatePiece(kind: .text(Text(contentsOf: bytes[range.lowerBound..<end])), line: line))
        }
        countLines(range)
    }

    private mutating func countLines(_ range: Range<Int>) {
        for index in range where bytes[index] == UInt8(ascii: "\n") { line += 1 }
    }

    private mutating func skipComment() throws {
        let start = index
        let opening = line
        while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "#") || bytes[index + 1] != UInt8(ascii: "}") {
            index += 1
        }
        guard index + 1 < bytes.count else { throw TemplateError.make(opening, "the comment is not closed by #}") }
        countLines(start..<index)
        let trim = index > start ? bytes[index - 1] : 0
        index += 2
        trimAfter(trim, dropsLineBreak: true)
    }

    private mutating func lexTag() throws {
        let opening = line
        let tokens = try tokens(until: UInt8(ascii: "%"), openedAt: opening)
        let name: String
        switch tokens.first?.kind {
        case .name(let text): name = text.string
        // Words that are operators elsewhere begin no tag.
        default: throw TemplateError.make(opening, "a tag must begin with its name, as in {% if … %}")
        }
        if name == "verbatim" || name == "raw" {
            // Its line breaks are text.
            index = tagEnd.index
            line = tagEnd.line
            trimAfter(tagEnd.trim, dropsLineBreak: false)
            try lexVerbatim(name, openedAt: opening)
        } else {
            pieces.append(TemplatePiece(kind: .tag(name, Array(tokens.dropFirst())), line: opening))
        }
    }

    /// Everything up to the end tag is text.
    private mutating func lexVerbatim(_ name: String, openedAt opening: Int) throws {
        let start = index
        let end = Array("end\(name)".utf8)
        while let open = nextOpening(from: index) {
            index = open + 2
            guard bytes[open + 1] == UInt8(ascii: "%") else { continue }
            var rest = bytes[index...].drop { $0.isTemplateSpace || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "~") }
            guard rest.starts(with: end) else { continue }
            rest = rest.dropFirst(end.count).drop { $0.isTemplateSpace }
            let trim = rest.first ?? 0
            if trim == UInt8(ascii: "-") || trim == UInt8(ascii: "~") { rest = rest.dropFirst() }
            guard rest.starts(with: "%}".utf8) else { continue }
            appendText(start..<open, trimmingEnd: bytes[open + 2])
            index = rest.startIndex + 2
            trimAfter(trim, dropsLineBreak: false)
            return
        }
        throw TemplateError.make(opening, "{% \(name) %} is not closed by {% end\(name) %}")
    }

    /// White space behind the end of a tag goes with `-`, spaces go with `~`; else a tag's own line break goes.
    private mutating func trimAfter(_ trim: UInt8, dropsLineBreak: Bool) {
        let start = index
        if trim == UInt8(ascii: "-") {
            while index < bytes.count, bytes[index].isTemplateSpace { index += 1 }
        } else {
            if trim == UInt8(ascii: "~") {
                while index < bytes.count, [0x20, 0x09].contains(bytes[index]) { index += 1 }
            } else if dropsLineBreak {
                if bytes[index...].starts(with: [0x0d, 0x0a]) { index += 2 } else if bytes[index...].first == 0x0a { index += 1 }
            }
        }
        countLines(start..<index)
    }

    /// Reads tokens until `}}` or `%}` outside of all brackets.
    private mutating func tokens(until close: UInt8, openedAt opening: Int) throws -> [TemplateToken] {
        var reader = TemplateTokenReader(bytes: bytes, index: index, line: line)
        var tokens: [TemplateToken] = []
        var brackets: [UInt8] = []
        while true {
            reader.skipSpace()
            if brackets.isEmpty, let end = closing(close, at: reader.index) {
                index = end.index
                line = reader.line
                tagEnd = (index, line, end.trim)
                trimAfter(end.trim, dropsLineBreak: close == UInt8(ascii: "%"))
                return tokens
            }
            guard !reader.isAtEnd else {
                let shown = close == UInt8(ascii: "%") ? "%}" : "}}"
                throw TemplateError.make(opening, "this is not closed by \(shown)")
            }
            let token = try reader.next()
            if case .symbol(let symbol) = token.kind { try track(symbol, line: token.line, &brackets) }
            tokens.append(token)
        }
    }

    private func closing(_ close: UInt8, at index: Int) -> (index: Int, trim: UInt8)? {
        let rest = bytes[index...]
        if rest.starts(with: [close, UInt8(ascii: "}")]) { return (index + 2, 0) }
        guard let trim = rest.first, trim == UInt8(ascii: "-") || trim == UInt8(ascii: "~"),
            rest.dropFirst().starts(with: [close, UInt8(ascii: "}")])
        else { return nil }
        return (index + 3, trim)
    }

    private func track(_ symbol: String, line: Int, _ brackets: inout [UInt8]) throws {
        let closers: [String: UInt8] = ["(": 0x29, "[": 0x5d, "{": 0x7d]
        if let closer = closers[symbol] {
            brackets.append(closer)
        } else if [")", "]", "}"].contains(symbol) {
            guard let expected = brackets.popLast() else { throw TemplateError.make(line, "this \(symbol) closes nothing") }
            guard symbol.utf8.first == expected else {
                throw TemplateError.make(line, "expected \(Character(UnicodeScalar(expected))) before \(symbol)")
            }
        }
    }
}

extension UInt8 {
    var isTemplateSpace: Bool { self == 0x20 || 0x09...0x0d ~= self || self == 0 }
}

/// Errors of templates, with their line.
enum TemplateError {
    static func make(_ line: Int, _ reason: String) -> StackError {
        StackError.mistake("Template, line \(line): \(reason)")
    }
}
