/// The tokens of a JSON text, as they are written: numbers keep their digits, texts their escapes, keys their order,
/// and nothing is nested.
struct JSONTokens {
    enum Token: Equatable {
        case mark(UInt8)
        /// With its quotes.
        case text(Range<Int>)
        /// A number, `true`, `false` or `null`.
        case word(Range<Int>)
    }

    /// As deep as the parser goes.
    private static let maximumDepth = 512

    let bytes: [UInt8]
    private(set) var tokens: [Token] = []

    /// nil for what is no JSON object or array by its marks and words. Whether it is JSON all through, is not looked
    /// at: what it is printed as has to match anyway.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        var index = 0
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                index += 1
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                tokens.append(.mark(byte))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                tokens.append(.mark(byte))
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                tokens.append(.mark(byte))
            case UInt8(ascii: "\""):
                guard let end = Self.endOfText(bytes, from: index) else { return nil }
                tokens.append(.text(index..<end))
                index = end
                continue
            default:
                let end = Self.endOfWord(bytes, from: index)
                guard end > index else { return nil }
                tokens.append(.word(index..<end))
                index = end
                continue
            }
            guard (0...Self.maximumDepth).contains(depth) else { return nil }
            index += 1
        }
        guard depth == 0, tokens.count > 1,
            tokens[0] == .mark(UInt8(ascii: "{")) || tokens[0] == .mark(UInt8(ascii: "["))
        else {
            return nil
        }
    }

    private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index + 1
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            switch bytes[index] | 0x20 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default: guard "+-.".utf8.contains(bytes[index]) else { return index }
            }
            index += 1
        }
        return index
    }
}

extension JSONTokens {
    /// With the keys of each object sorted by their bytes; nil if they are, or are nested too deep.
    var sorted: JSONTokens? {
        guard let ends = ends else { return nil }
        var sorter = Sorter(tokens: self, ends: ends)
        guard let end = sorter.appendValue(at: 0, depth: 0), end == tokens.count, sorter.output != tokens else { return nil }
        var sorted = self
        sorted.tokens = sorter.output
        return sorted
    }

    /// For each token the place behind the value that begins with it; nil where brackets do not match.
    private var ends: [Int]? {
        var ends = Array(1...tokens.count)
        var open: [(place: Int, closing: Token)] = []
        for (place, token) in tokens.enumerated() {
            switch token {
            case .mark(UInt8(ascii: "{")): open.append((place, .mark(UInt8(ascii: "}"))))
            case .mark(UInt8(ascii: "[")): open.append((place, .mark(UInt8(ascii: "]"))))
            case .mark(UInt8(ascii: "}")), .mark(UInt8(ascii: "]")):
                guard let last = open.popLast(), last.closing == token else { return nil }
                ends[last.place] = place + 1
            default: break
            }
        }
        return open.isEmpty ? ends : nil
    }

    /// Appends values by recursive descent, each token once: a stranger chose how deep they are nested.
    private struct Sorter {
        let tokens: JSONTokens
        let ends: [Int]
        var output: [Token] = []

        private static let maximumDepth = 128

        /// - Returns: the place behind the value; nil for what is none.
        mutating func appendValue(at place: Int, depth: Int) -> Int? {
            guard depth <= Self.maximumDepth, place < tokens.tokens.count else { return nil }
            switch tokens.tokens[place] {
            case .mark(UInt8(ascii: "{")): return appendMembers(at: place, depth: depth + 1)
            case .mark(UInt8(ascii: "[")): return appendElements(at: place, depth: depth + 1)
            case .mark: return nil
            case .text, .word:
                output.append(tokens.tokens[place])
                return place + 1
            }
        }

        private func isMark(_ mark: Unicode.Scalar, at place: Int) -> Bool { tokens.tokens[place] == .mark(UInt8(ascii: mark)) }

        private mutating func appendElements(at start: Int, depth: Int) -> Int? {
            let last = ends[start] - 1
            output.append(tokens.tokens[start])
            var place = start + 1
            while place < last {
                if place > start + 1 {
                    guard isMark(",", at: place) else { return nil }
                    output.append(tokens.tokens[place])
                    place += 1
                }
                guard let end = appendValue(at: place, depth: depth) else { return nil }
                place = end
            }
            output.append(tokens.tokens[last])
            return last + 1
        }

        private mutating func appendMembers(at start: Int, depth: Int) -> Int? {
            let last = ends[start] - 1
            var members: [(key: ArraySlice<UInt8>, place: Int)] = []
            var place = start + 1
            while place < last {
                if !members.isEmpty {
                    guard isMark(",", at: place) else { return nil }
                    place += 1
                }
                guard case .text(let range) = tokens.tokens[place], isMark(":", at: place + 1) else { return nil }
                members.append((tokens.bytes[range].dropFirst().dropLast(), place))
                place = ends[place + 2]
            }
            output.append(tokens.tokens[start])
            for (index, member) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).enumerated() {
                if index > 0 { output.append(.mark(UInt8(ascii: ","))) }
                output.append(tokens.tokens[member.place])
                output.append(.mark(UInt8(ascii: ":")))
                guard appendValue(at: member.place + 2, depth: depth) != nil else { return nil }
            }
            output.append(tokens.tokens[last])
            return last + 1
        }
    }
}
