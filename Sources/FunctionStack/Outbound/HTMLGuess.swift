import Values

/// Whether a message is HTML, which nothing but its text says.
enum HTMLGuess {
    private static let elements: Set<String> = [
        "html", "head", "body", "p", "br", "div", "span", "a", "b", "i", "u", "em", "strong", "small", "table", "thead",
        "tbody", "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "img", "hr", "style", "font",
        "center", "pre", "code", "blockquote", "section", "header", "footer", "main", "article", "button",
    ]

    /// True where a tag of a known element, or a document's declaration, stands in it: `a < b` and `<ann@example.com>` are
    /// text.
    static func isHTML(_ message: Text) -> Bool {
        message.withBytes { bytes in
            var index = 0
            while let open = bytes.firstIndex(of: UInt8(ascii: "<"), from: index) {
                index = open + 1
                if isTag(bytes, index) { return true }
            }
            return false
        }
    }

    private static func isTag(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        var name: [UInt8] = []
        var index = start
        if index < bytes.count, bytes[index] == UInt8(ascii: "!") { return isDeclaration(bytes, index) }
        while index < bytes.count, name.count <= 10, bytes[index].isLetterOrDigit {
            name.append(bytes[index] | 0x20)
            index += 1
        }
        guard index < bytes.count, [0x20, 0x09, 0x0a, 0x0d, UInt8(ascii: ">"), UInt8(ascii: "/")].contains(bytes[index]) else {
            return false
        }
        return elements.contains(String(decoding: name, as: UTF8.self))
    }

    private static func isDeclaration(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        let word = Array("!doctype".utf8)
        guard bytes.count - start > word.count else { return false }
        return word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] | 0x20 }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { isASCIILowercase || isASCIIUppercase || isASCIIDigit }
}
