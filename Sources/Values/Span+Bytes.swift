extension Span<UInt8> {
    /// A copy of the bytes.
    package func copied() -> [UInt8] {
        [UInt8](capacity: count) { output in
            for index in indices { output.append(self[index]) }
        }
    }

    /// Eight bytes as they lie in memory. Bounds are checked, and every pattern of bits is a number: what the
    /// language calls unsafe is only the change of type.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Whether the bytes are the same; reads all of them, so that the time tells nothing about where they differ.
    package func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var difference: UInt8 = 0
        for index in indices { difference |= self[index] ^ other[index] }
        return difference == 0
    }

    /// Eight bytes at a time: an array is combined byte by byte, which takes as long as to sign it.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var index = 0
        while count - index >= 8 {
            hasher.combine(word(at: index))
            index += 8
        }
        guard index < count else { return }
        var rest: UInt64 = 0
        while index < count {
            rest = rest << 8 | UInt64(self[index])
            index += 1
        }
        hasher.combine(rest)
    }

    /// Whether the bytes come before the others in the order of a dictionary.
    func precedes(_ other: Span<UInt8>) -> Bool {
        let shared = Swift.min(count, other.count)
        var index = 0
        while shared - index >= 8 {
            let left = word(at: index), right = other.word(at: index)
            if left != right { return left.bigEndian < right.bigEndian }
            index += 8
        }
        while index < shared {
            if self[index] != other[index] { return self[index] < other[index] }
            index += 1
        }
        return count < other.count
    }

    /// Where the byte is found first, from `start` on.
    package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        let index = end(before: ByteMarks(byte), from: start)
        return index < count ? index : nil
    }

    /// Where the bytes are found first, from `start` on. Takes time in the order of both lengths added, whatever they hold.
    package func firstIndex(of needle: Span<UInt8>, from start: Int = 0) -> Int? {
        guard start >= 0, start <= count, needle.count <= count - start else { return nil }
        guard !needle.isEmpty else { return start }
        guard needle.count > 1 else { return firstIndex(of: needle[0], from: start) }
        var search = ByteSearch(needle)
        return search.next(needle, in: self, from: start)
    }
}
