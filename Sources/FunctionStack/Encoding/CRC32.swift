/// The cyclic redundancy check of ISO 3309 and zlib, with the reversed polynomial `edb88320`.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }

    static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var value = UInt32.max
        for index in bytes.indices {
            value = value >> 8 ^ table[Int((value ^ UInt32(bytes[index])) & 0xff)]
        }
        return ~value
    }
}
