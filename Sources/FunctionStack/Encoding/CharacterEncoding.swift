import Values

/// The encodings of characters that the language converts between.
enum CharacterEncoding: String, CaseIterable {
    case utf8 = "UTF-8"
    case ascii = "ASCII"
    case latin1 = "ISO-8859-1"
    case latin9 = "ISO-8859-15"
    case windows1252 = "Windows-1252"
    case utf16 = "UTF-16"
    case utf16BigEndian = "UTF-16BE"
    case utf16LittleEndian = "UTF-16LE"
    case utf32BigEndian = "UTF-32BE"
    case utf32LittleEndian = "UTF-32LE"

    /// By its name or a usual other one, in any letter case.
    init?(named name: String) {
        let wanted = name.lowercased().filter { $0 != "-" && $0 != "_" }
        let others: [String: CharacterEncoding] = [
            "usascii": .ascii, "latin1": .latin1, "latin9": .latin9, "cp1252": .windows1252, "utf32": .utf32BigEndian,
        ]
        let known = Self.allCases.first {
            $0.rawValue.lowercased().filter { $0 != "-" && $0 != "_" } == wanted
        }
        guard let encoding = known ?? others[wanted] else { return nil }
        self = encoding
    }

    /// The characters of some bytes; what is malformed becomes U+FFFD.
    func decode(_ bytes: [UInt8]) -> String {
        switch self {
        case .utf8: String(decoding: bytes, as: UTF8.self)
        case .ascii: scalars(bytes.map { $0 < 0x80 ? UInt32($0) : 0xfffd })
        case .latin1: scalars(bytes.map(UInt32.init))
        case .latin9: scalars(bytes.map { Self.latin9Characters[$0] ?? UInt32($0) })
        case .windows1252: scalars(bytes.map { 0x80...0x9f ~= $0 ? Self.windows1252Characters[Int($0 - 0x80)] : UInt32($0) })
        case .utf16:
            if bytes.starts(with: [0xff, 0xfe]) {
                Self.utf16LittleEndian.decode(Array(bytes.dropFirst(2)))
            } else {
                Self.utf16BigEndian.decode(bytes.starts(with: [0xfe, 0xff]) ? Array(bytes.dropFirst(2)) : bytes)
            }
        case .utf16BigEndian: String(decoding: units(bytes, width: 2, isBig: true).map(UInt16.init), as: UTF16.self)
        case .utf16LittleEndian: String(decoding: units(bytes, width: 2, isBig: false).map(UInt16.init), as: UTF16.self)
        case .utf32BigEndian: scalars(units(bytes, width: 4, isBig: true))
        case .utf32LittleEndian: scalars(units(bytes, width: 4, isBig: false))
        }
    }

    /// The bytes of some characters; one that the encoding lacks becomes `?`.
    func encode(_ string: String) -> [UInt8] {
        switch self {
        case .utf8: Array(string.utf8)
        case .ascii, .latin1, .latin9, .windows1252: string.unicodeScalars.map { byte(of: $0.value) ?? UInt8(ascii: "?") }
        case .utf16, .utf16BigEndian: string.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        case .utf16LittleEndian: string.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        case .utf32BigEndian: string.unicodeScalars.flatMap { Self.bytes(of: $0.value) }
        case .utf32LittleEndian: string.unicodeScalars.flatMap { Self.bytes(of: $0.value).reversed() }
        }
    }

    /// The likeliest encoding of some bytes: ASCII or UTF-8 if they are valid, else that of western texts.
    static func detect(_ text: Text) -> CharacterEncoding {
        guard let string = text.validString else {
            return text.bytes.contains { 0x80...0x9f ~= $0 } ? .windows1252 : .latin1
        }
        return string.utf8.allSatisfy { $0 < 0x80 } ? .ascii : .utf8
    }

    private func byte(of scalar: UInt32) -> UInt8? {
        if scalar < 0x80 { return UInt8(scalar) }
        switch self {
        case .latin1:
            return UInt8(exactly: scalar)
        case .latin9:
            if let byte = Self.latin9Characters.first(where: { $0.value == scalar })?.key { return byte }
            return UInt8(exactly: scalar).flatMap { Self.latin9Characters[$0] == nil ? $0 : nil }
        case .windows1252:
            if let index = Self.windows1252Characters.firstIndex(of: scalar) { return 0x80 + UInt8(index) }
            return 0xa0...0xff ~= scalar ? UInt8(scalar) : nil
        default:
            return nil
        }
    }

    private func scalars(_ values: [UInt32]) -> String {
        var string = String.UnicodeScalarView()
        for value in values { string.append(UnicodeScalar(value) ?? "\u{fffd}") }
        return String(string)
    }

    /// Numbers of two or four bytes; what is left over at the end becomes U+FFFD.
    private func units(_ bytes: [UInt8], width: Int, isBig: Bool) -> [UInt32] {
        var units: [UInt32] = []
        for start in stride(from: 0, to: bytes.count, by: width) {
            guard start + width <= bytes.count else {
                units.append(0xfffd)
                break
            }
            let unit = bytes[start..<(start + width)]
            units.append((isBig ? Array(unit) : unit.reversed()).reduce(0) { $0 << 8 | UInt32($1) })
        }
        return units
    }

    private static func bytes(of scalar: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: scalar >> UInt32($0)) }
    }

    private static let latin9Characters: [UInt8: UInt32] = [
        0xa4: 0x20ac, 0xa6: 0x160, 0xa8: 0x161, 0xb4: 0x17d, 0xb8: 0x17e, 0xbc: 0x152, 0xbd: 0x153, 0xbe: 0x178,
    ]

    /// Those of the bytes from 80 to 9F; five have none and stay control characters (WHATWG Encoding, windows-1252).
    private static let windows1252Characters: [UInt32] = [
        0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
        0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
        0x17e, 0x178,
    ]
}
