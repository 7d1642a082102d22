internal import CPCRE2
import Values

/// A pattern as it is written in a stack, `/pattern/flags`, taken apart as PHP's `preg` functions do it.
struct PatternSource {
    let pattern: [UInt8]
    let options: UInt32
    let isUnicode: Bool
    /// The source as messages show it, cut where it is long.
    let shown: String

    private static let closing: [UInt8: UInt8] = [
        UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "["): UInt8(ascii: "]"),
        UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "<"): UInt8(ascii: ">"),
    ]

    init(_ source: Text) throws {
        let all = source.bytes
        shown = Self.shown(source)
        let bytes = all.drop { $0 == 0x20 || 0x09...0x0d ~= $0 }
        guard let open = bytes.first, !open.isASCIIAlphanumeric, open != UInt8(ascii: "\\"), open < 0x80, open != 0 else {
            throw StackError.mistake("The regular expression \(shown) needs delimiters: write it as /pattern/")
        }
        let close = Self.closing[open] ?? open
        guard let end = Self.end(of: bytes.dropFirst(), open: open, close: close) else {
            throw StackError.mistake(
                "The regular expression \(shown) has no closing delimiter \(Character(UnicodeScalar(close)))")
        }
        pattern = Array(bytes[(bytes.startIndex + 1)..<end])
        (options, isUnicode) = try Self.options(bytes[(end + 1)...], shown)
    }

    /// The closing delimiter: for brackets the one that is not of an inner pair, else the first that is not escaped.
    private static func end(of bytes: ArraySlice<UInt8>, open: UInt8, close: UInt8) -> Int? {
        var depth = 0
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == close {
                if depth == 0 { return index }
                depth -= 1
            } else if byte == open {
                depth += 1
            }
        }
        return nil
    }

    private static func options(_ flags: ArraySlice<UInt8>, _ shown: String) throws -> (UInt32, isUnicode: Bool) {
        var options: UInt32 = 0
        var isUnicode = false
        for flag in flags {
            switch flag {
            case UInt8(ascii: "i"): options |= PCRE2_CASELESS
            case UInt8(ascii: "m"): options |= PCRE2_MULTILINE
            case UInt8(ascii: "s"): options |= PCRE2_DOTALL
            case UInt8(ascii: "x"): options |= PCRE2_EXTENDED
            case UInt8(ascii: "n"): options |= PCRE2_NO_AUTO_CAPTURE
            case UInt8(ascii: "A"): options |= PCRE2_ANCHORED
            case UInt8(ascii: "D"): options |= PCRE2_DOLLAR_ENDONLY
            case UInt8(ascii: "U"): options |= PCRE2_UNGREEDY
            case UInt8(ascii: "J"): options |= PCRE2_DUPNAMES
            case UInt8(ascii: "u"):
                options |= PCRE2_UTF | PCRE2_UCP
                isUnicode = true
            // Study and extra: without meaning today. White space is let through.
            case UInt8(ascii: "S"), UInt8(ascii: "X"), 0x20, 0x0a, 0x0d: break
            // As JavaScript has it: without meaning here, where the filter says how many matches it wants.
            case UInt8(ascii: "g"): break
            default:
                throw StackError.mistake(
                    "The regular expression \(shown) has the unknown flag \(Self.name(of: flag)); known are imsxnADUJu")
            }
        }
        return (options, isUnicode)
    }

    private static func name(of flag: UInt8) -> String {
        (0x21...0x7e).contains(flag) ? String(UnicodeScalar(flag)) : "byte \(flag)"
    }

    private static func shown(_ source: Text) -> String {
        let string = source.string
        return string.count > 60 ? string.prefix(60) + "…" : string
    }
}

extension UInt8 {
    var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            false
        }
    }
}
