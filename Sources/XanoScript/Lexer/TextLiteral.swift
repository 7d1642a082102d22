/// What a text literal means.
enum TextLiteral {
    /// Of `"…"` and `'…'`, without the quotation marks: `\n`, `\r`, `\t`, `\"`, `\'`, `\\`, `` \` ``, `\/` and
    /// `\uXXXX` (JSON's, pairs included) stand for a character. Any other backslash stays, since regular
    /// expressions are written with a single one as well as with two.
    static func value(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += escape(in: bytes, at: index, to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends what the backslash at `index` stands for; returns how many bytes it took.
    private static func escape(in bytes: ArraySlice<UInt8>, at index: Int, to result: inout [UInt8]) -> Int {
        let escaped = bytes[index + 1]
        switch escaped {
        case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "`"):
            result.append(escaped)
        case UInt8(ascii: "u"):
            if let (scalar, length) = unicode(bytes, at: index) {
                result.append(contentsOf: String(scalar).utf8)
                return length
            }
            result.append(UInt8(ascii: "\\"))
            result.append(escaped)
        default:
            result.append(UInt8(ascii: "\\"))
            result.append(escaped)
        }
        return 2
    }

    /// `\uXXXX`, or two of them that make a surrogate pair.
    private static func unicode(_ bytes: ArraySlice<UInt8>, at index: Int) -> (Unicode.Scalar, length: Int)? {
        guard let first = hexadecimal(bytes, at: index + 2) else { return nil }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        guard first < 0xDC00, index + 7 < bytes.endIndex, bytes[index + 6] == UInt8(ascii: "\\"),
            bytes[index + 7] == UInt8(ascii: "u"), let second = hexadecimal(bytes, at: index + 8),
            (0xDC00...0xDFFF).contains(second)
        else { return nil }
        let joined = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(joined).map { ($0, 12) }
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>, at index: Int) -> UInt32? {
        guard index + 4 <= bytes.endIndex else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Of `"""…"""`, without the marks. A line end right after the opening marks and one right before the closing
    /// ones are not part of it, and neither is the indentation that all its lines and the closing marks share.
    /// Backslashes are themselves.
    static func multilineValue(_ bytes: ArraySlice<UInt8>) -> String {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        guard lines.count > 1 else { return String(decoding: bytes, as: UTF8.self) }
        let startsOnNextLine = lines[0].allSatisfy(isSpace)
        if startsOnNextLine { lines.removeFirst() }
        let endsOnOwnLine = lines[lines.count - 1].allSatisfy(isSpace)
        var indentation = Int.max
        for (index, line) in lines.enumerated() where index > 0 || startsOnNextLine {
            let isClosing = endsOnOwnLine && index == lines.count - 1
            if !isClosing && line.allSatisfy(isSpace) { continue }
            indentation = min(indentation, line.prefix(while: isSpace).count)
        }
        if endsOnOwnLine { lines.removeLast() }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, line) in lines.enumerated() {
            if index > 0 { result.append(UInt8(ascii: "\n")) }
            let isIndented = index > 0 || startsOnNextLine
            result.append(
                contentsOf: isIndented ? line.dropFirst(min(indentation, line.prefix(while: isSpace).count)) : line)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
