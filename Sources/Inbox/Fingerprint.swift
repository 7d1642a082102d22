extension DedupeKey {
    /// Eight bytes that stand for the key of a location in the index. Two keys may share them: the whole key in the
    /// event's row decides.
    func fingerprint(location: String) -> Int64 {
        var hash = SipHash()
        hash.add(location.utf8Span.span)
        hash.add(kind.utf8Span.span)
        hash.add(value.span)
        return Int64(bitPattern: hash.finish())
    }
}

/// SipHash-2-4 (Aumasson and Bernstein, https://www.aumasson.jp/siphash/siphash.pdf) under a fixed key, since the
/// database keeps what it gives.
struct SipHash {
    private var v0: UInt64 = 0x736f_6d65_7073_6575 ^ key.0
    private var v1: UInt64 = 0x646f_7261_6e64_6f6d ^ key.1
    private var v2: UInt64 = 0x6c79_6765_6e65_7261 ^ key.0
    private var v3: UInt64 = 0x7465_6462_7974_6573 ^ key.1
    private var tail: UInt64 = 0
    private var count: UInt64 = 0

    static let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)

    /// Adds one part, so that where it ends matters.
    mutating func add(_ bytes: Span<UInt8>) {
        var length = UInt64(bytes.count)
        for _ in 0..<8 {
            add(UInt8(truncatingIfNeeded: length))
            length >>= 8
        }
        addRaw(bytes)
    }

    /// Adds bytes as they are.
    mutating func addRaw(_ bytes: Span<UInt8>) {
        for index in bytes.indices { add(bytes[index]) }
    }

    private mutating func add(_ byte: UInt8) {
        tail |= UInt64(byte) << (8 * (count & 7))
        count &+= 1
        if count & 7 == 0 {
            compress(tail)
            tail = 0
        }
    }

    mutating func finish() -> UInt64 {
        compress(tail | count << 56)
        v2 ^= 0xff
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = v1 << 13 | v1 >> 51
        v3 = v3 << 16 | v3 >> 48
        v1 ^= v0
        v3 ^= v2
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v1
        v0 &+= v3
        v1 = v1 << 17 | v1 >> 47
        v3 = v3 << 21 | v3 >> 43
        v1 ^= v2
        v3 ^= v0
        v2 = v2 << 32 | v2 >> 32
    }
}
