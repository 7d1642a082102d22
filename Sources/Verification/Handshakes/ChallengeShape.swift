/// What a challenge may look like that is repeated or signed. All of it is from a stranger, so it is short and holds
/// nothing that a browser or a log would take for more than text.
struct ChallengeShape: Sendable, Equatable {
    enum Characters: String, Sendable, CaseIterable {
        case word, token, base64, text, hex
    }

    var characters = Characters.token
    var length = 1...256

    func fits(_ bytes: [UInt8]) -> Bool {
        length.contains(bytes.count) && bytes.allSatisfy(characters.contains)
    }

    /// What is expected, in words.
    var description: String {
        let what =
            switch characters {
            case .word: "letters, digits, \"_\" and \"-\""
            case .token: "letters, digits, \".\", \"_\" and \"-\""
            case .base64: "letters, digits and the signs of base 64"
            case .text: "printable ASCII without marks of HTML"
            case .hex: "hexadecimal digits"
            }
        return "a challenge of \(length.lowerBound) to \(length.upperBound) \(what)"
    }
}

extension ChallengeShape.Characters {
    func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            self != .hex
        case UInt8(ascii: "."): self != .hex && self != .word
        case UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): self == .base64 || self == .text
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"), UInt8(ascii: "\\"):
            false
        case 0x20...0x7E: self == .text
        default: false
        }
    }
}
