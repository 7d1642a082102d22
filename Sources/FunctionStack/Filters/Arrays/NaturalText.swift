import Values

/// A text in pieces, so that runs of digits compare as numbers of any length.
struct NaturalText {
    private enum Piece {
        /// Without leading zeros.
        case digits(Text)
        case other(Text)
    }

    private let pieces: [Piece]

    init(_ text: Text) {
        pieces = text.withBytes { bytes in
            var pieces: [Piece] = []
            var start = 0
            while start < bytes.count {
                let isNumber = bytes[start].isASCIIDigit
                var end = start
                while end < bytes.count, bytes[end].isASCIIDigit == isNumber { end += 1 }
                if isNumber {
                    while start < end - 1, bytes[start] == UInt8(ascii: "0") { start += 1 }
                }
                let piece = Text(bytes.extracting(start..<end))
                pieces.append(isNumber ? .digits(piece) : .other(piece))
                start = end
            }
            return pieces
        }
    }

    static func compare(_ left: NaturalText, _ right: NaturalText) -> Ordering {
        for (left, right) in zip(left.pieces, right.pieces) {
            let order =
                switch (left, right) {
                case (.digits(let left), .digits(let right)):
                    left.byteCount == right.byteCount
                        ? Ordering(left, right) : Ordering(left.byteCount, right.byteCount)
                case (.digits(let left), .other(let right)), (.other(let left), .digits(let right)),
                    (.other(let left), .other(let right)):
                    Ordering(left, right)
                }
            guard order == .equal else { return order }
        }
        return Ordering(left.pieces.count, right.pieces.count)
    }
}
