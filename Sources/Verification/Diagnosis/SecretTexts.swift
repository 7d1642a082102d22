internal import Cryptography
internal import Values

/// What a secret may have been meant to be.
struct SecretVariant {
    let mistake: Mistake
    /// What has to be done, as the end of `it matches if …`.
    let what: String
    let bytes: [UInt8]

    init(_ mistake: Mistake, _ what: String, _ bytes: [UInt8]) {
        self.mistake = mistake
        self.what = what
        self.bytes = bytes
    }
}

/// A secret without what is often copied along with it, or with what is often lost.
struct SecretTexts {
    private let secret: Secret
    private let bytes: [UInt8]

    init(_ secret: Secret) {
        self.secret = secret
        bytes = secret.bytes
    }

    var variants: [SecretVariant] {
        let all = [space, invisible] + quotes + names + escapes + entered + [lineEnds, decoded] + letterCase
        return all.compactMap { $0 }.filter { $0.bytes != bytes && !$0.bytes.isEmpty }
    }

    private var space: SecretVariant? {
        SecretVariant(.secretSpace, "white space around the secret is taken off", bytes[...].trimmingSpace)
    }

    // MARK: Marks

    /// The byte order mark, spaces without width, the soft hyphen and the no-break space.
    private static let invisibleMarks = [
        "\u{FEFF}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{A0}",
    ]

    private var invisible: SecretVariant? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var scalars = text.unicodeScalars
        scalars.removeAll { scalar in Self.invisibleMarks.contains { $0.unicodeScalars.first == scalar } }
        let isMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let what =
            isMark
            ? "the byte order mark before the secret is taken off"
            : "spaces that nobody sees are taken out of the secret"
        return SecretVariant(.secretInvisible, what, Array(String(scalars).utf8))
    }

    private static let quoteMarks: [(opening: String, closing: String)] = [
        ("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("„", "“"), ("”", "”"), ("‘", "’"), ("‚", "‘"), ("’", "’"),
        ("«", "»"), ("»", "«"), ("‹", "›"), ("<", ">"), ("\\\"", "\\\""),
    ]

    private var quotes: [SecretVariant] {
        let trimmed = bytes[...].trimmingSpace
        var variants: [SecretVariant] = []
        for (opening, closing) in Self.quoteMarks {
            let (opening, closing) = (Array(opening.utf8), Array(closing.utf8))
            guard trimmed.count > opening.count + closing.count, trimmed.starts(with: opening),
                trimmed.suffix(closing.count).elementsEqual(closing)
            else { continue }
            let inner = Array(trimmed.dropFirst(opening.count).dropLast(closing.count))
            variants.append(SecretVariant(.secretQuotes, "the quotes around the secret are taken off", inner))
        }
        return variants
    }

    // MARK: What stands before it

    /// `NAME=value`, `export NAME="value"`, `name: value`, `Bearer value`.
    private var names: [SecretVariant] {
        var variants: [SecretVariant] = []
        for mark in "=: ".utf8 {
            guard let index = bytes.firstIndex(of: mark), index > 0, Self.isName(bytes[..<index]),
                !SecretKeys.prefixes.contains(where: { $0.utf8.elementsEqual(bytes[...index]) })
            else { continue }
            var value = bytes[(index + 1)...].trimmingSpace
            if let quoted = SecretTexts(Secret(value, source: "", line: 1)).quotes.first { value = quoted.bytes }
            variants.append(
                SecretVariant(
                    .secretName, "what stands before the secret is taken off, up to \(Self.name(of: mark))", value))
        }
        return variants
    }

    private static func name(of mark: UInt8) -> String {
        switch mark {
        case UInt8(ascii: "="): "the ="
        case UInt8(ascii: ":"): "the colon"
        default: "the space"
        }
    }

    /// Words of letters, digits, `_` and `-`; short enough to be no secret.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count <= 64
            && bytes.allSatisfy { byte in
                switch byte | 0x20 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: " _-.".utf8.contains(byte)
                }
            }
    }

    // MARK: Escapes and ends

    private var escapes: [SecretVariant] {
        var variants: [SecretVariant] = []
        if bytes.contains(UInt8(ascii: "\\")) {
            let bare = quotes.first?.bytes ?? bytes[...].trimmingSpace
            let lines = bare.substituting("\\r\\n", with: "\n").substituting("\\n", with: "\n")
            variants.append(SecretVariant(.secretEscapes, #"\n is written as a line end"#, lines))
            let none = bare.substituting("\\r\\n", with: "").substituting("\\n", with: "")
            variants.append(SecretVariant(.secretEscapes, #"\n is taken off"#, none))
        }
        if bytes.contains(UInt8(ascii: "%")) {
            let decoded = PercentEncoding.uri.decode(bytes.span).bytes
            variants.append(SecretVariant(.secretEscapes, "percent escapes in the secret are undone", decoded))
        }
        if let last = bytes.last, ",;".utf8.contains(last) {
            let mark = last == UInt8(ascii: ",") ? "comma" : "semicolon"
            let rest = Secret(bytes.dropLast(), source: "", line: 1)
            let bare = SecretTexts(rest).quotes.first?.bytes ?? rest.bytes
            variants.append(SecretVariant(.secretEscapes, "the \(mark) behind the secret is taken off", bare))
        }
        return variants
    }

    /// What was entered at the sender along with it.
    private var entered: [SecretVariant] {
        let ends = [("a line feed", "\n"), ("a line end, CR LF,", "\r\n")].map { name, end in
            SecretVariant(
                .secretLineEnd, "the secret has \(name) at its end, as it was entered at the sender: enter it there without",
                bytes + Array(end.utf8))
        }
        return ends + ["\"", "'"].map { quote in
            SecretVariant(
                .secretQuotes, "the secret stands in quotes, \(quote), as it was entered at the sender: enter it there without",
                Array(quote.utf8) + bytes + Array(quote.utf8))
        }
    }

    /// A text that was put into base 64, perhaps with a line end.
    private var decoded: SecretVariant? {
        guard let text = Base64.standard.decode(bytes.span, padding: .optional, trailingBits: .ignored)?[...].trimmingSpace,
            !text.isEmpty, text.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return SecretVariant(.secretBase64, "the secret is decoded from base 64, in which Kubernetes shows its secrets", text)
    }

    /// A key in PEM whose line ends became spaces or vanished.
    private var lineEnds: SecretVariant? {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "-----").map(String.init)
        guard text.hasPrefix("-----BEGIN "), parts.count == 3 else { return nil }
        let body = parts[1].filter { $0 != " " && $0 != "\n" && $0 != "\r" }
        let block = "-----\(parts[0])-----\n\(body)\n-----\(parts[2])-----"
        return SecretVariant(.secretEscapes, "the key in PEM has its line ends", Array(block.utf8))
    }

    private var letterCase: [SecretVariant] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return [] }
        return [
            SecretVariant(.secretLetterCase, "the secret is written in small letters", Array(text.lowercased().utf8)),
            SecretVariant(.secretLetterCase, "the secret is written in capitals", Array(text.uppercased().utf8)),
        ]
    }
}
