internal import Values

/// Writes a JSON text with other escapes.
struct JSONEscapes {
    private let style: JSONReprint.Escapes

    init(_ style: JSONReprint.Escapes) {
        self.style = style
    }

    /// - Parameter text: with its quotes, as it is written.
    func append(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        let isPlain = !text.dropFirst().dropLast().contains(where: matters)
        guard style != .asTheyAre, !isPlain, case .text(let value)? = try? JSON.parse(Array(text)),
            let string = value.validString
        else {
            output += text
            return
        }
        output.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars { append(scalar, to: &output) }
        output.append(UInt8(ascii: "\""))
    }

    /// Whether a byte may be written in another way.
    private func matters(_ byte: UInt8) -> Bool { byte >= 0x80 || "\\/<>&'+`%@".utf8.contains(byte) }

    private func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        if let short = Self.short[scalar], !(style == .strict && scalar == "\"") {
            output += [UInt8(ascii: "\\"), short]
        } else if scalar == "/", style == .slashes || style == .ascii(slashes: true) || style == .meta {
            output += Array("\\/".utf8)
        } else if scalar.value < 0x20 || isEscaped(scalar) {
            for unit in String(scalar).utf16 { append(unit, to: &output) }
        } else {
            output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }

    private static let short: [Unicode.Scalar: UInt8] = [
        "\"": UInt8(ascii: "\""), "\\": UInt8(ascii: "\\"), "\u{8}": UInt8(ascii: "b"), "\u{C}": UInt8(ascii: "f"),
        "\n": UInt8(ascii: "n"),
        "\r": UInt8(ascii: "r"), "\t": UInt8(ascii: "t"),
    ]

    private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch style {
        case .asTheyAre, .none, .slashes: false
        case .ascii: scalar.value > 0x7E
        case .html: "<>&\u{2028}\u{2029}".unicodeScalars.contains(scalar)
        case .strict: scalar.value > 0x7E || "<>&'+`\"".unicodeScalars.contains(scalar)
        case .meta: scalar.value > 0x7E || "<%@".unicodeScalars.contains(scalar)
        }
    }

    private var isInCapitals: Bool { style == .strict }

    private func append(_ unit: UInt16, to output: inout [UInt8]) {
        // Meta writes ASCII in capitals, such as \u003C, and everything else in small letters.
        let digits = String(unit, radix: 16, uppercase: isInCapitals || style == .meta && unit < 0x80)
        output +=
            Array("\\u".utf8) + [UInt8](repeating: UInt8(ascii: "0"), count: 4 - digits.utf8.count) + Array(digits.utf8)
    }
}
