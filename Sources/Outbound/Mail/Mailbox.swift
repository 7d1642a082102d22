import Values

/// A person and an address, `Ann Bee <ann@example.com>`. Both are checked, so that neither ends a header, becomes an option
/// of a program or something other than a mailbox.
struct Mailbox: Sendable, Equatable {
    /// Empty for none.
    let name: String
    let address: String

    /// The mailboxes of one text, parted by commas.
    static func list(_ text: String) throws(OutboundError) -> [Mailbox] {
        var list: [Mailbox] = []
        for part in parts(of: text) { list.append(try Mailbox(part)) }
        return list
    }

    /// Cuts at commas that stand in no quotes and no angle brackets.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = [""]
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in text {
            // In quotes a backslash takes its meaning from what follows (RFC 5322, section 3.2.4).
            let isLiteral = isEscaped
            isEscaped = isQuoted && !isLiteral && character == "\\"
            switch character {
            case _ where isLiteral: break
            case "\"": isQuoted.toggle()
            case "<" where !isQuoted: isBracketed = true
            case ">" where !isQuoted: isBracketed = false
            case "," where !isQuoted && !isBracketed:
                parts.append("")
                continue
            default: break
            }
            parts[parts.count - 1].append(character)
        }
        return parts.filter { part in part.contains { $0 != " " && $0 != "\t" } }
    }

    init(_ text: String) throws(OutboundError) {
        let text = text.trimmedOfSpace
        guard text.utf8.count <= 512, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { throw .unusableMail("an address holds a control character, or is longer than 512 bytes") }
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            name = Self.unquoted(text[..<open].trimmedOfSpace)
            address = String(text[text.index(after: open)...].dropLast()).trimmedOfSpace
        } else {
            name = ""
            address = text
        }
        guard Self.isAddress(address) else { throw .unusableMail("'\(address)' is no address that mail can be sent to") }
    }

    private static func unquoted(_ name: String) -> String {
        guard name.hasPrefix("\""), name.hasSuffix("\""), name.utf8.count > 1 else { return name }
        return String(name.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }

    // MARK: Addresses

    /// The part behind the last `@`; empty for a user of this host.
    var domain: String { address.lastIndex(of: "@").map { String(address[address.index(after: $0)...]) } ?? "" }

    /// RFC 5321, sections 4.1.2 and 4.5.3.1, without quotes in the local part; or a user of this host, by name only.
    private static func isAddress(_ address: String) -> Bool {
        guard address.utf8.count <= 254 else { return false }
        guard let at = address.lastIndex(of: "@") else { return isUser(address) }
        return isLocalPart(address[..<at]) && isDomain(address[address.index(after: at)...])
    }

    private static func isUser(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        return !name.isEmpty && name.utf8.count <= 64 && isPlain && !name.hasPrefix("-")
    }

    private static func isLocalPart(_ part: Substring) -> Bool {
        let atoms = part.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...64).contains(part.utf8.count), atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isAtomByte) }),
            let first = part.utf8.first
        else { return false }
        // Programs have taken these for options, commands and files.
        return ![UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: "/")].contains(first)
    }

    static func isDomain(_ domain: Substring) -> Bool {
        if domain.hasPrefix("["), domain.hasSuffix("]") {
            let literal = domain.dropFirst().dropLast()
            return IPAddress(literal.hasPrefix("IPv6:") ? literal.dropFirst(5) : literal) != nil
        }
        let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return domain.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
                    && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// RFC 5322, section 3.2.3.
    fileprivate var isAtomByte: Bool { isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(self) }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmedOfSpace: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
