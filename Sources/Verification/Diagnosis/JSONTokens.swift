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
        var reader = Sorter(tokens: self)
        guard let result = reader.value(depth: 0), reader.position == tokens.count, result != tokens else { return nil }
        var sorted = self
        sorted.tokens = result
        return sorted
    }

    /// Reads values by recursive descent, and gives them back with their members sorted.
    private struct Sorter {
        let tokens: JSONTokens
        var position = 0

        private static let maximumDepth = 128

        private var next: Token? { position < tokens.tokens.count ? tokens.tokens[position] : nil }

        mutating func value(depth: Int) -> [Token]? {
            guard depth <= Self.maximumDepth, let first = next else { return nil }
            position += 1
            switch first {
            case .mark(UInt8(ascii: "{")): return members(depth: depth + 1)
            case .mark(UInt8(ascii: "[")): return elements(depth: depth + 1)
            case .mark: return nil
            case .text, .word: return [first]
            }
        }

        private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
            guard next == .mark(UInt8(ascii: mark)) else { return false }
            position += 1
            return true
        }

        private mutating func elements(depth: Int) -> [Token]? {
            var result: [Token] = [.mark(UInt8(ascii: "["))]
            if skip("]") { return result + [.mark(UInt8(ascii: "]"))] }
            while true {
                guard let element = value(depth: depth) else { return nil }
                result += element
                if skip("]") { return result + [.mark(UInt8(ascii: "]"))] }
                guard skip(",") else { return nil }
                result.append(.mark(UInt8(ascii: ",")))
            }
        }

        private mutating func members(depth: Int) -> [Token]? {
            var members: [(key: ArraySlice<UInt8>, tokens: [Token])] = []
            if !skip("}") {
                while true {
                    guard case .text(let range)? = next else { return nil }
                    position += 1
                    guard skip(":"), let value = value(depth: depth) else { return nil }
                    members.append(
                        (tokens.bytes[range].dropFirst().dropLast(), [.text(range), .mark(UInt8(ascii: ":"))] + value))
                    if skip("}") { break }
                    guard skip(",") else { return nil }
                }
            }
            var result: [Token] = [.mark(UInt8(ascii: "{"))]
            for (index, member) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).enumerated() {
                if index > 0 { result.append(.mark(UInt8(ascii: ","))) }
                result += member.tokens
            }
            return result + [.mark(UInt8(ascii: "}"))]
        }
    }
}
