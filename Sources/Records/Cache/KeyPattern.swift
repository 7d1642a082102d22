import Values

/// A pattern of Redis's `KEYS` (https://redis.io/docs/latest/commands/keys/): `*` stands for any bytes, `?` for one,
/// `[abc]`, `[a-z]` and `[^a]` for one of some, `\` takes the meaning from the byte after it.
struct KeyPattern {
    /// What every key that matches begins with.
    let prefix: [UInt8]
    private let parts: [Part]

    private enum Part: WildcardPart {
        case any
        case one
        case literal(UInt8)
        case among([ClosedRange<UInt8>], isNegated: Bool)

        var isAny: Bool {
            if case .any = self { true } else { false }
        }

        func matches(_ byte: UInt8) -> Bool {
            switch self {
            case .any: false
            case .one: true
            case .literal(let own): own == byte
            case .among(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
            }
        }
    }

    init(_ pattern: Text) {
        parts = Self.parts(pattern.bytes)
        var prefix: [UInt8] = []
        for part in parts {
            guard case .literal(let byte) = part else { break }
            prefix.append(byte)
        }
        self.prefix = prefix
    }

    private static func parts(_ pattern: [UInt8]) -> [Part] {
        var parts: [Part] = []
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            index += 1
            switch byte {
            case UInt8(ascii: "*"): parts.append(.any)
            case UInt8(ascii: "?"): parts.append(.one)
            case UInt8(ascii: "["): parts.append(set(pattern, &index))
            case UInt8(ascii: "\\") where index < pattern.count:
                parts.append(.literal(pattern[index]))
                index += 1
            default: parts.append(.literal(byte))
            }
        }
        return parts
    }

    /// What stands between brackets, the first of which has been read.
    private static func set(_ pattern: [UInt8], _ index: inout Int) -> Part {
        var ranges: [ClosedRange<UInt8>] = []
        let isNegated = index < pattern.count && pattern[index] == UInt8(ascii: "^")
        if isNegated { index += 1 }
        while index < pattern.count, pattern[index] != UInt8(ascii: "]") {
            if pattern[index] == UInt8(ascii: "\\"), index + 1 < pattern.count { index += 1 }
            let first = pattern[index]
            index += 1
            if index + 1 < pattern.count, pattern[index] == UInt8(ascii: "-") {
                let last = pattern[index + 1]
                ranges.append(min(first, last)...max(first, last))
                index += 2
            } else {
                ranges.append(first...first)
            }
        }
        index += 1
        return .among(ranges, isNegated: isNegated)
    }

    /// - Throws: `StackError` of kind `bound` where it takes too long.
    func matches(_ key: [UInt8]) throws -> Bool {
        try parts.matches(key)
    }
}
