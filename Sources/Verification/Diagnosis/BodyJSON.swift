/// JSON that something parsed and printed again: the body as other programs print it.
///
/// What is lost cannot be found: keys that were not sorted and are, white space of no pattern, a key that came twice.
struct BodyJSON {
    private let body: [UInt8]

    /// Larger ones are not printed again.
    private static let maximumByteCount = 4 << 20
    /// Work a byte that is printed.
    private static let workPerByte = 6

    init(_ body: [UInt8]) {
        self.body = body
    }

    private static let lines = JSONReprint.Layout.lines(indent: "  ", colon: ": ", lineEnd: "\n")

    private static let layouts: [(layout: JSONReprint.Layout, name: String)] = [
        (.compact, "compact"), (.spaced, "with a space after commas and colons, as Python does"),
        (lines, "indented by two spaces"),
        (.lines(indent: "    ", colon: ": ", lineEnd: "\n"), "indented by four spaces"),
        (.lines(indent: "\t", colon: ": ", lineEnd: "\n"), "indented by tabs"),
        (.objectLines, "indented as Java's Jackson does"),
        (.lines(indent: "  ", colon: ": ", lineEnd: "\r\n"), "indented by two spaces, with CRLF"),
    ]

    private static let escapes: [(escapes: JSONReprint.Escapes, name: String)] = [
        (.asTheyAre, ""), (.none, "no character escaped that need not be"),
        (.ascii(slashes: false), #"\uXXXX for what is beyond ASCII"#),
        (.ascii(slashes: true), #"\uXXXX for what is beyond ASCII and \/ for /"#), (.slashes, #"\/ for /"#),
        (.html, #"\u003c, \u003e and \u0026 for <, > and &"#),
        (.strict, #"\uXXXX in capitals for what is beyond ASCII or has a meaning in HTML"#),
        (.meta, #"\uXXXX for what is beyond ASCII and for <, % and @, and \/ for /"#),
    ]

    private static let numbers: [(numbers: JSONReprint.Numbers, name: String)] = [
        (.whole, "1 in place of 1.0"), (.decimal, "1.0 in place of 1"), (.cents, "two digits in each fraction"),
        (.short, "no zeros at the end of fractions"),
    ]

    var suspicions: [Suspicion] {
        guard body.count <= Self.maximumByteCount, let json = JSONTokens(body) else { return [] }
        let styles = escapes
        var suspicions: [Suspicion] = []
        for (layout, name) in Self.layouts {
            for (escapes, detail) in styles {
                let reprint = JSONReprint(layout: layout, escapes: escapes)
                let mistake: Mistake = escapes == .asTheyAre ? .bodyJSON : .bodyJSONEscapes
                suspicions.append(suspicion(json, reprint, mistake, [name, detail]))
            }
        }
        suspicions += kept(json, styles)
        for numbers in Self.numbers where hasNumbers {
            for (layout, name) in Self.layouts.prefix(3) {
                let reprint = JSONReprint(layout: layout, numbers: numbers.numbers)
                suspicions.append(suspicion(json, reprint, .bodyJSONNumbers, [name, numbers.name]))
            }
        }
        if let sorted = json.sorted {
            for (layout, name) in Self.layouts.prefix(3) {
                for (escapes, detail) in styles {
                    let reprint = JSONReprint(layout: layout, escapes: escapes)
                    suspicions.append(suspicion(sorted, reprint, .bodyJSONOrder, [name, detail, "keys sorted"]))
                }
            }
        }
        return suspicions
    }

    /// White space as it is, and only the escapes or the numbers changed.
    private func kept(_ json: JSONTokens, _ styles: [(escapes: JSONReprint.Escapes, name: String)]) -> [Suspicion] {
        let escapes = styles.filter { $0.escapes != .asTheyAre }.map { style in
            Suspicion(.bodyJSONEscapes, Self.sentence([style.name]), cost: body.count * Self.workPerByte) {
                Self.rewritten(json, JSONReprint(escapes: style.escapes))
            }
        }
        let numbers = Self.numbers.filter { _ in hasNumbers }.map { style in
            Suspicion(.bodyJSONNumbers, Self.sentence([style.name]), cost: body.count * Self.workPerByte) {
                Self.rewritten(json, JSONReprint(numbers: style.numbers))
            }
        }
        return escapes + numbers
    }

    private func suspicion(_ json: JSONTokens, _ reprint: JSONReprint, _ mistake: Mistake, _ details: [String])
        -> Suspicion
    {
        Suspicion(mistake, Self.sentence(details), cost: body.count * Self.workPerByte) { reprint.print(json) }
    }

    private static func sentence(_ details: [String]) -> String {
        "it matches with the JSON printed \(details.filter { !$0.isEmpty }.joined(separator: ", ")): something parsed "
            + "the body and printed "
            + "it again, so pass on the bytes that came"
    }

    /// Those styles that would print something else.
    private var escapes: [(escapes: JSONReprint.Escapes, name: String)] {
        let hasBeyond = body.contains { $0 >= 0x80 }
        let hasEscapes = body.contains(UInt8(ascii: "\\"))
        let hasSlashes = body.contains(UInt8(ascii: "/"))
        let hasMarks = body.contains { "<>&'+`%@".utf8.contains($0) }
        return Self.escapes.filter { style in
            switch style.escapes {
            case .asTheyAre: true
            case .none: hasEscapes
            case .ascii(slashes: false): hasBeyond || hasEscapes
            case .ascii(slashes: true): (hasBeyond || hasEscapes) && hasSlashes
            case .slashes: hasSlashes
            case .html, .strict: hasMarks || hasBeyond || hasEscapes
            case .meta: hasMarks || hasBeyond
            }
        }
    }

    private var hasNumbers: Bool { body.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }

    /// The text as it is, but for texts and numbers.
    private static func rewritten(_ json: JSONTokens, _ reprint: JSONReprint) -> [UInt8] {
        var output: [UInt8] = []
        var end = 0
        for token in json.tokens {
            switch token {
            case .mark: continue
            case .text(let range), .word(let range):
                output += json.bytes[end..<range.lowerBound]
                reprint.append(token, of: json.bytes, to: &output)
                end = range.upperBound
            }
        }
        return output + json.bytes[end...]
    }
}
