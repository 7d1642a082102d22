import FunctionStack
import Values

/// Regular expressions are those of the language's own filters: PCRE, with its bounds.
enum RegularExpression {
    static var isAvailable: Bool { FilterTable.standard["regex_matches"] != nil }

    /// Whether the pattern, written without delimiters, matches somewhere in the text.
    static func matches(_ text: Text, _ pattern: Text, _ context: FilterContext) throws -> Bool {
        guard case .plain(let implementation)? = FilterTable.standard["regex_matches"]?.implementation else {
            throw StackError.mistake("Regular expressions are not available")
        }
        return try implementation(.text(delimited(pattern)), FilterArguments(.text(text)), context).isTruthy
    }

    /// The filters take a pattern between slashes; those inside it are escaped.
    private static func delimited(_ pattern: Text) -> Text {
        var bytes: [UInt8] = [UInt8(ascii: "/")]
        var isEscaped = false
        pattern.withBytes { pattern in
            for index in pattern.indices {
                let byte = pattern[index]
                if byte == UInt8(ascii: "/"), !isEscaped { bytes.append(UInt8(ascii: "\\")) }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "/"))
        return Text(bytes: bytes)
    }
}
