/// Quoted-printable (RFC 2045, section 6.7) of text, its lines ended by LF, as a mail program takes them.
enum QuotedPrintable {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func encode(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        var isFirst = true
        for line in lines(of: text) {
            if !isFirst { output.append(0x0A) }
            isFirst = false
            append(line, to: &output)
        }
        output.append(0x0A)
        return output
    }

    /// Lines end with LF, CR LF or CR.
    private static func lines(of text: String) -> [ArraySlice<UInt8>] {
        var normal: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0A, previous == 0x0D {
                previous = byte
                continue
            }
            normal.append(byte == 0x0D ? 0x0A : byte)
            previous = byte
        }
        return normal.split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    private static func append(_ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var width = 0
        let fromLine = Array("From ".utf8)
        for index in line.indices {
            let isAtStart = index == line.startIndex
            // A dot alone ends a message for some programs, and mailbox files cut at `From `.
            let isSpecial = isAtStart && (line[index] == UInt8(ascii: ".") || line.starts(with: fromLine))
            let piece = isSpecial ? escaped(line[index]) : piece(line[index], isLast: index == line.endIndex - 1)
            if width + piece.count > 75 {
                output.append(UInt8(ascii: "="))
                output.append(0x0A)
                width = 0
                // The next line may not begin with what is special either.
                if piece == [UInt8(ascii: ".")] || piece == [UInt8(ascii: "F")] {
                    output += escaped(line[index])
                    width = 3
                    continue
                }
            }
            output += piece
            width += piece.count
        }
    }

    private static func piece(_ byte: UInt8, isLast: Bool) -> [UInt8] {
        switch byte {
        case 0x20, 0x09: isLast ? escaped(byte) : [byte]
        case UInt8(ascii: "="): escaped(byte)
        case 0x21...0x7E: [byte]
        default: escaped(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
