/// JSON as some program prints it: its spaces, its escapes, its numbers.
struct JSONReprint: Equatable {
    /// What stands between tokens.
    enum Layout: Equatable {
        case compact
        /// A space after commas and colons.
        case spaced
        /// A line for each member, indented by so much a level; what stands around the colon; the line end.
        case lines(indent: String, colon: String, lineEnd: String)
        /// As Java's Jackson does it: lines for objects, arrays in one line.
        case objectLines
    }

    /// How texts are written.
    enum Escapes: Equatable {
        case asTheyAre
        /// Nothing that need not be.
        case none
        /// Everything beyond ASCII, the digits in small letters or in capitals.
        case ascii(slashes: Bool)
        case slashes
        /// `<`, `>`, `&` and two line separators, as Go.
        case html
        /// As .NET: everything beyond ASCII and what has a meaning in HTML, in capitals.
        case strict
        /// As Meta: everything beyond ASCII, slashes, `<`, `%` and `@`.
        case meta
    }

    enum Numbers: Equatable {
        case asTheyAre
        /// Whole numbers with `.0`.
        case decimal
        /// `1.0` as `1`.
        case whole
        /// Fractions with two digits.
        case cents
        /// Fractions without zeros at their end.
        case short
    }

    var layout = Layout.compact
    var escapes = Escapes.asTheyAre
    var numbers = Numbers.asTheyAre

    /// nil for what would become much longer than it was, as deep nesting does when it is indented.
    func print(_ json: JSONTokens) -> [UInt8]? {
        var printer = Printer(reprint: self, bytes: json.bytes)
        return printer.print(json.tokens) ? printer.output : nil
    }

    private static let maximumGrowth = 8

    /// Appends a text or a word.
    func append(_ token: JSONTokens.Token, of bytes: [UInt8], to output: inout [UInt8]) {
        switch token {
        case .mark(let mark): output.append(mark)
        case .text(let range): JSONEscapes(escapes).append(bytes[range], to: &output)
        case .word(let range): numbers.append(bytes[range], to: &output)
        }
    }

    private struct Printer {
        let reprint: JSONReprint
        let bytes: [UInt8]
        var output: [UInt8] = []
        /// Of each open object or array: whether its members have lines of their own.
        private var open: [Bool] = []
        private let (colon, lineEnd, indent): ([UInt8], [UInt8], [UInt8])

        init(reprint: JSONReprint, bytes: [UInt8]) {
            self.reprint = reprint
            (colon, lineEnd, indent) = (reprint.colon, reprint.lineEnd, reprint.indent)
            self.bytes = bytes
            output.reserveCapacity(bytes.count + bytes.count / 4)
        }

        /// - Returns: whether all was printed.
        mutating func print(_ tokens: [JSONTokens.Token]) -> Bool {
            let limit = bytes.count * JSONReprint.maximumGrowth + 4096
            for (index, token) in tokens.enumerated() {
                guard output.count <= limit else { return false }
                switch token {
                case .mark(let mark):
                    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
                    print(mark, isEmpty: index > 0 && Self.opens(tokens[index - 1]), next: next)
                case .text, .word: reprint.append(token, of: bytes, to: &output)
                }
            }
            return true
        }

        private static func opens(_ token: JSONTokens.Token) -> Bool {
            token == .mark(UInt8(ascii: "{")) || token == .mark(UInt8(ascii: "["))
        }

        private static func closes(_ token: JSONTokens.Token?) -> Bool {
            token == .mark(UInt8(ascii: "}")) || token == .mark(UInt8(ascii: "]"))
        }

        private mutating func print(_ mark: UInt8, isEmpty: Bool, next: JSONTokens.Token?) {
            switch mark {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(mark)
                open.append(hasLines(mark))
                if !Self.closes(next) { separate() }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                let hadLines = open.popLast() ?? false
                if !isEmpty {
                    separate(hadLines)
                } else if reprint.layout == .objectLines {
                    output.append(UInt8(ascii: " "))
                }
                output.append(mark)
            case UInt8(ascii: ","):
                output.append(mark)
                if reprint.layout == .spaced { output.append(UInt8(ascii: " ")) } else { separate() }
            default:
                output += colon
            }
        }

        private func hasLines(_ mark: UInt8) -> Bool {
            switch reprint.layout {
            case .compact, .spaced: false
            case .lines: true
            case .objectLines: mark == UInt8(ascii: "{")
            }
        }

        private mutating func separate() { separate(open.last ?? false) }

        /// The line end and the indentation of the next line, or the space in a line.
        private mutating func separate(_ hasLines: Bool) {
            guard hasLines else {
                if reprint.layout == .objectLines { output.append(UInt8(ascii: " ")) }
                return
            }
            let depth = reprint.layout == .objectLines ? open.count(where: { $0 }) : open.count
            output += lineEnd
            for _ in 0..<min(depth, 256) { output += indent }
        }
    }

    private var colon: [UInt8] {
        switch layout {
        case .compact: Array(":".utf8)
        case .spaced: Array(": ".utf8)
        case .lines(_, let colon, _): Array(colon.utf8)
        case .objectLines: Array(" : ".utf8)
        }
    }

    private var lineEnd: [UInt8] {
        if case .lines(_, _, let lineEnd) = layout { Array(lineEnd.utf8) } else { [UInt8(ascii: "\n")] }
    }
    private var indent: [UInt8] {
        if case .lines(let indent, _, _) = layout { Array(indent.utf8) } else { Array("  ".utf8) }
    }
}

extension JSONReprint.Numbers {
    /// Appends a number, or another word as it is.
    fileprivate func append(_ word: ArraySlice<UInt8>, to output: inout [UInt8]) {
        guard self != .asTheyAre, let first = word.first, first == UInt8(ascii: "-") || first < 0x3A,
            !word.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else {
            output += word
            return
        }
        let dot = word.firstIndex(of: UInt8(ascii: ".")) ?? word.endIndex
        let fraction = word[dot...].dropFirst()
        let end = fraction.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? fraction.startIndex
        // A stranger may send very many of them: nothing is made for each.
        var digits = fraction
        var zeros = 0
        switch self {
        case .asTheyAre: break
        case .decimal: if fraction.isEmpty { zeros = 1 }
        case .whole: if end == fraction.startIndex { digits = fraction[end..<end] }
        case .cents: if fraction.count == 1 { zeros = 1 }
        case .short: digits = fraction[..<end]
        }
        output += word[..<dot]
        guard !digits.isEmpty || zeros > 0 else { return }
        output.append(UInt8(ascii: "."))
        output += digits
        for _ in 0..<zeros { output.append(UInt8(ascii: "0")) }
    }
}
