extension ArraySlice<UInt8> {
    /// Without ASCII white space around it.
    var trimmingSpace: [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }
        let end = lastIndex { !isSpace($0) }.map { $0 + 1 } ?? startIndex
        return Array(self[startIndex..<end].drop(while: isSpace))
    }
}

extension [UInt8] {
    /// With another text in each place of one.
    func substituting(_ old: String, with new: String) -> [UInt8] {
        substituting(Array(old.utf8), with: Array(new.utf8))
    }

    func substituting(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
        guard let first = old.first else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var index = 0
        while index < count {
            if self[index] == first, count - index >= old.count, self[index..<index + old.count].elementsEqual(old) {
                bytes += new
                index += old.count
            } else {
                bytes.append(self[index])
                index += 1
            }
        }
        return bytes
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

extension ArraySlice<UInt8> {
    /// Whether it has a backslash and an n somewhere, as texts have whose line ends were escaped.
    var substitutesLineEnds: Bool {
        zip(self, dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "n") }
    }
}
