import Values

/// A character of a text is a Unicode scalar, as for PHP's `mb_` functions; of a text that is not UTF-8, a byte.
extension Text {
    /// How many characters it has; counted anew each time.
    var characterCount: Int {
        guard isUTF8 else { return byteCount }
        return withBytes { bytes in
            var count = 0
            for index in bytes.indices where bytes[index].beginsCharacter { count += 1 }
            return count
        }
    }

    /// The characters of a range of their numbers.
    func characters(_ range: Range<Int>) -> Text {
        let start = byteOffset(ofCharacter: range.lowerBound, from: 0)
        let end = byteOffset(ofCharacter: range.count, from: start)
        return slice(start..<end)
    }

    /// The number of the character that begins at a byte.
    func characterIndex(atByte offset: Int) -> Int {
        guard isUTF8 else { return offset }
        return withBytes { bytes in
            var count = 0
            for index in 0..<Swift.min(offset, bytes.count) where bytes[index].beginsCharacter { count += 1 }
            return count
        }
    }

    /// Each character as a text.
    func splitIntoCharacters() -> [Text] {
        let isUTF8 = isUTF8
        return withBytes { bytes in
            var characters: [Text] = []
            var start = 0
            while start < bytes.count {
                var end = start + 1
                while isUTF8, end < bytes.count, !bytes[end].beginsCharacter { end += 1 }
                characters.append(Text(bytes.extracting(start..<end)))
                start = end
            }
            return characters
        }
    }

    /// Where the character begins that comes so many after the one at a byte; the end if there are not so many.
    private func byteOffset(ofCharacter number: Int, from start: Int) -> Int {
        guard isUTF8 else { return Swift.min(start + number, byteCount) }
        return withBytes { bytes in
            var left = number
            var offset = start
            while offset < bytes.count {
                if bytes[offset].beginsCharacter {
                    if left == 0 { return offset }
                    left -= 1
                }
                offset += 1
            }
            return offset
        }
    }
}
