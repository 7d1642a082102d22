/// Text in a header of a mail. Whatever it was, what comes out is printable ASCII in lines of at most 76 characters, so it
/// can't begin another header.
enum HeaderText {
    /// A header's text of no structure, such as a subject.
    static func unstructured(_ text: String) -> String {
        let clean = withoutControls(text)
        return isPlain(clean) && clean.utf8.count <= 60 ? clean : encoded(clean)
    }

    /// `Ann Bee <ann@example.com>`
    static func mailbox(_ mailbox: Mailbox) -> String {
        let name = withoutControls(mailbox.name).trimmedOfSpace
        if name.isEmpty { return mailbox.address }
        guard isPlain(name), name.utf8.count <= 60 else { return "\(encoded(name))\n <\(mailbox.address)>" }
        return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\" <\(mailbox.address)>"
    }

    /// Mailboxes, each on a line.
    static func mailboxes(_ list: [Mailbox]) -> String {
        list.map(mailbox).joined(separator: ",\n ")
    }

    /// Printable ASCII that no reader takes for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }

    private static func withoutControls(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
                ? " " : scalar
        }))
    }

    /// Encoded words (RFC 2047), each of whole characters.
    private static func encoded(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > 42 {
                words.append(Base64.text(word))
                word = []
            }
            word += bytes
        }
        if !word.isEmpty { words.append(Base64.text(word)) }
        return words.map { "=?UTF-8?B?\($0)?=" }.joined(separator: "\n ")
    }
}
