/// Mistakes of the charset: the byte order mark, and UTF-8 and Latin-1 taken for each other.
struct BodyCharset {
    private let body: [UInt8]

    init(_ body: [UInt8]) {
        self.body = body
    }

    var suspicions: [Suspicion] {
        marks + (body.contains { $0 >= 0x80 } ? charsets : [])
    }

    private var marks: [Suspicion] {
        if body.starts(with: [UInt8].byteOrderMark) {
            let sentence = "it matches without the byte order mark before the body: something added it"
            return [Suspicion(.bodyMark, sentence, cost: body.count) { Array(body.dropFirst(3)) }]
        }
        let sentence = "it matches with a byte order mark before the body: something took it off"
        return [Suspicion(.bodyMark, sentence, cost: body.count) { [UInt8].byteOrderMark + body }]
    }

    private var charsets: [Suspicion] {
        guard let text = String(validating: body, as: UTF8.self) else {
            return [
                Suspicion(
                    .bodyCharset,
                    "it matches in UTF-8, and the body is in Latin-1: something converted it, so pass it on untouched",
                    cost: body.count * 2
                ) { Self.utf8(body, windows: false) },
                Suspicion(
                    .bodyCharset,
                    "it matches in UTF-8, and the body is in Windows-1252: something converted it, so pass it on "
                        + "untouched",
                    cost: body.count * 2
                ) { Self.utf8(body, windows: true) },
            ]
        }
        return [false, true].map { windows in
            let charset = windows ? "Windows-1252" : "Latin-1"
            let single = Self.bytes(text, windows: windows)
            let isTwice = single.map { String(validating: $0, as: UTF8.self) != nil } == true
            let sentence =
                isTwice
                ? "it matches with UTF-8 decoded once more: something took the body for \(charset) and encoded it again"
                : "it matches in \(charset), and the body is in UTF-8: something converted it, so pass it on untouched"
            return Suspicion(.bodyCharset, sentence, cost: body.count * 4) { single }
        }
    }

    /// What Windows-1252 has at 0x80 to 0x9F; zero where it has nothing.
    private static let windows: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    private static func utf8(_ bytes: [UInt8], windows isWindows: Bool) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            var code = UInt32(byte)
            if isWindows, (0x80...0x9F).contains(byte), windows[Int(byte) - 0x80] != 0 {
                code = windows[Int(byte) - 0x80]
            }
            scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return Array(String(scalars).utf8)
    }

    /// nil where a character has no byte.
    private static func bytes(_ text: String, windows isWindows: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if isWindows, scalar.value > 0x9F, let index = windows.firstIndex(of: scalar.value) {
                bytes.append(UInt8(0x80 + index))
            } else if let byte = UInt8(exactly: scalar.value) {
                bytes.append(byte)
            } else {
                return nil
            }
        }
        return bytes
    }
}
