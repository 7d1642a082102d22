import Values

/// The text that takes a match's place: `$1`, `${1}` and `\1` stand for a group, `\\` for a backslash.
struct RegularExpressionReplacement {
    private enum Piece {
        case literal([UInt8])
        case group(Int)
    }

    private var pieces: [Piece] = []

    init(_ source: Text) {
        let bytes = source.bytes
        var literal: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\\") {
                literal.append(byte)
                index += 2
            } else if let reference = Self.reference(bytes[index...]) {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = []
                pieces.append(.group(reference.group))
                index += reference.length
            } else {
                literal.append(byte)
                index += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// The subject with all matches replaced.
    func apply(_ expression: RegularExpression, to subject: Text, budget: Budget) throws -> Text {
        var result: [UInt8] = []
        var end = 0
        var hasMatch = false
        try expression.forEachMatch(in: subject, budget: budget) { match in
            hasMatch = true
            let before = result.count
            subject.withBytes { bytes in
                result.append(contentsOf: bytes, in: end..<max(end, match.whole.lowerBound))
                append(match, of: bytes, to: &result)
            }
            try budget.charge(bytes: result.count - before)
            end = max(end, match.whole.upperBound)
            return true
        }
        guard hasMatch else { return subject }
        subject.withBytes { result.append(contentsOf: $0, in: end..<$0.count) }
        return Text(bytes: result)
    }

    private func append(_ match: RegularExpressionMatch, of subject: Span<UInt8>, to result: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes): result.append(contentsOf: bytes)
            case .group(let number) where number < match.ranges.count:
                if let range = match.ranges[number] { result.append(contentsOf: subject, in: range) }
            case .group: break
            }
        }
    }

    /// `$1`, `${1}`, `\1`, with one or two digits.
    private static func reference(_ bytes: ArraySlice<UInt8>) -> (group: Int, length: Int)? {
        guard let first = bytes.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "\\") else { return nil }
        var rest = bytes.dropFirst()
        let isBraced = first == UInt8(ascii: "$") && rest.first == UInt8(ascii: "{")
        if isBraced { rest = rest.dropFirst() }
        let digits = rest.prefix(2).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard !digits.isEmpty else { return nil }
        let group = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard isBraced else { return (group, 1 + digits.count) }
        guard rest.dropFirst(digits.count).first == UInt8(ascii: "}") else { return nil }
        return (group, 3 + digits.count)
    }
}
