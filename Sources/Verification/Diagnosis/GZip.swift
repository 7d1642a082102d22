/// Reads what gzip has compressed (RFC 1952), as far as a diagnosis needs it: bounded, and without a check of its sums,
/// as the signature shows whether it is right.
enum GZip {
    static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.count > 18 && bytes.starts(with: [0x1F, 0x8B, 0x08]) }

    /// nil for what is malformed, or would be longer than the limit.
    static func decompressed(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard isCompressed(bytes), let start = endOfHeader(bytes) else { return nil }
        var inflater = Inflater(bytes[start...], limit: limit)
        return inflater.inflated()
    }

    private static func endOfHeader(_ bytes: [UInt8]) -> Int? {
        let flags = bytes[3]
        var index = 10
        if flags & 4 != 0 {
            guard index + 2 <= bytes.count else { return nil }
            index += 2 + Int(bytes[index]) + Int(bytes[index + 1]) << 8
        }
        // The file's name and a comment, each ended by a zero.
        for flag in [UInt8(8), 16] where flags & flag != 0 {
            guard index < bytes.count, let end = bytes[index...].firstIndex(of: 0) else { return nil }
            index = end + 1
        }
        if flags & 2 != 0 { index += 2 }
        return index < bytes.count ? index : nil
    }
}
