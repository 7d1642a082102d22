/// One pass over a document, by recursive descent.
struct XMLParser {
    private let maximumDepth: Int
    private var position = 0

    init(maximumDepth: Int) {
        self.maximumDepth = maximumDepth
    }

    mutating func parseDocument(_ bytes: Span<UInt8>) throws(XMLError) -> Value {
        try checkCharacters(bytes)
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
        if isAt("<?xml", bytes) { try skipDeclaration(bytes) }
        try skipMiscellany(bytes)
        guard position < bytes.count else { throw XMLError(.empty, position) }
        guard bytes[position] == UInt8(ascii: "<") else { throw XMLError(.malformedMarkup, position) }
        let (name, value) = try parseElement(bytes, depth: 1)
        try skipMiscellany(bytes)
        guard position == bytes.count else { throw XMLError(.trailingContent, position) }
        return .object([name: value])
    }

    /// Begins at the `<`.
    private mutating func parseElement(_ bytes: Span<UInt8>, depth: Int) throws(XMLError) -> (Text, Value) {
        guard depth <= maximumDepth else { throw XMLError(.tooDeep(maximumDepth), position) }
        position += 1
        let name = try parseName(bytes)
        var attributes = Object()
        while true {
            let hadSpace = skipSpace(bytes)
            guard position < bytes.count else { throw XMLError(.unexpectedEnd, position) }
            if skip("/>", bytes) { return (name, Self.element(attributes, .text(Text()))) }
            if skip(">", bytes) { break }
            guard hadSpace else { throw XMLError(.malformedAttribute, position) }
            try parseAttribute(bytes, into: &attributes)
        }
        let content = try parseContent(bytes, depth: depth)
        let end = position
        guard try parseName(bytes) == name else { throw XMLError(.wrongEndTag, end) }
        _ = skipSpace(bytes)
        guard skip(">", bytes) else { throw XMLError(.malformedMarkup, position) }
        return (name, Self.element(attributes, content))
    }

    private static func element(_ attributes: Object, _ value: Value) -> Value {
        ["@attributes": attributes.isEmpty ? .array([]) : .object(attributes), "value": value]
    }

    /// Ends behind the `</` of the element's end tag.
    private mutating func parseContent(_ bytes: Span<UInt8>, depth: Int) throws(XMLError) -> Value {
        var children: [Value] = []
        var text: [UInt8] = []
        var hasElement = false
        while true {
            guard position < bytes.count else { throw XMLError(.unexpectedEnd, position) }
            if skip("</", bytes) { break }
            if try skipComment(bytes) { continue }
            if try skipInstruction(bytes) { continue }
            if skip("<![CDATA[", bytes) {
                try appendRaw(bytes, until: "]]>", to: &text)
            } else if bytes[position] == UInt8(ascii: "<") {
                guard !isAt("<!", bytes) else { throw XMLError(.malformedMarkup, position) }
                hasElement = true
                Self.flush(&text, into: &children)
                let (name, value) = try parseElement(bytes, depth: depth + 1)
                children.append(.object([name: value]))
            } else {
                try appendCharacter(bytes, to: &text)
            }
        }
        guard hasElement else { return .text(Text(bytes: text)) }
        Self.flush(&text, into: &children)
        return .array(children)
    }

    /// Text between elements counts if it is not blank.
    private static func flush(_ text: inout [UInt8], into children: inout [Value]) {
        if text.contains(where: { !isSpace($0) }) { children.append(.text(Text(bytes: text))) }
        text = []
    }

    private mutating func parseAttribute(_ bytes: Span<UInt8>, into attributes: inout Object) throws(XMLError) {
        let start = position
        let name = try parseName(bytes)
        _ = skipSpace(bytes)
        guard skip("=", bytes) else { throw XMLError(.malformedAttribute, start) }
        _ = skipSpace(bytes)
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else {
            throw XMLError(.malformedAttribute, start)
        }
        let quote = bytes[position]
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != quote {
            switch bytes[position] {
            case UInt8(ascii: "<"): throw XMLError(.malformedAttribute, position)
            case 0x09, 0x0a, 0x0d:
                value.append(0x20)
                position += 1
            default: try appendCharacter(bytes, to: &value)
            }
        }
        guard position < bytes.count else { throw XMLError(.unexpectedEnd, position) }
        position += 1
        guard !attributes.contains(name) else { throw XMLError(.repeatedAttribute, start) }
        attributes[name] = .text(Text(bytes: value))
    }

    private mutating func parseName(_ bytes: Span<UInt8>) throws(XMLError) -> Text {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position], isFirst: position == start) { position += 1 }
        guard position > start else { throw XMLError(.malformedName, start) }
        return Text(bytes.extracting(start..<position))
    }

    /// One byte of text, or what a reference stands for.
    private mutating func appendCharacter(_ bytes: Span<UInt8>, to text: inout [UInt8]) throws(XMLError) {
        switch bytes[position] {
        case UInt8(ascii: "&"): try appendReference(bytes, to: &text)
        case 0x0d:
            // Line ends are LF for who reads the text.
            position += 1
            if position == bytes.count || bytes[position] != 0x0a { text.append(0x0a) }
        case let byte:
            text.append(byte)
            position += 1
        }
    }

    private mutating func appendReference(_ bytes: Span<UInt8>, to text: inout [UInt8]) throws(XMLError) {
        let start = position
        guard let end = bytes.firstIndex(of: UInt8(ascii: ";"), from: start), end - start <= 12 else {
            throw XMLError(.malformedReference, start)
        }
        let name = Text(bytes.extracting(start + 1..<end)).string
        position = end + 1
        if let character = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] {
            text.append(contentsOf: character.utf8)
            return
        }
        let isHexadecimal = name.hasPrefix("#x")
        guard name.hasPrefix("#"), !name.contains("+"), !name.contains("-"),
            let code = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10),
            let scalar = UnicodeScalar(code), Self.isAllowed(code)
        else { throw XMLError(.malformedReference, start) }
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}

extension XMLParser {
    private mutating func appendRaw(
        _ bytes: Span<UInt8>, until end: StaticString, to text: inout [UInt8]
    ) throws(XMLError) {
        while !skip(end, bytes) {
            guard position < bytes.count else { throw XMLError(.unexpectedEnd, position) }
            text.append(bytes[position])
            position += 1
        }
    }

    /// What may stand before and behind the root element.
    private mutating func skipMiscellany(_ bytes: Span<UInt8>) throws(XMLError) {
        while true {
            _ = skipSpace(bytes)
            if isAt("<!DOCTYPE", bytes) { throw XMLError(.documentType, position) }
            if try skipComment(bytes) { continue }
            if try skipInstruction(bytes) { continue }
            return
        }
    }

    private mutating func skipComment(_ bytes: Span<UInt8>) throws(XMLError) -> Bool {
        guard skip("<!--", bytes) else { return false }
        var comment: [UInt8] = []
        try appendRaw(bytes, until: "--", to: &comment)
        guard skip(">", bytes) else { throw XMLError(.malformedMarkup, position) }
        return true
    }

    private mutating func skipInstruction(_ bytes: Span<UInt8>) throws(XMLError) -> Bool {
        guard skip("<?", bytes) else { return false }
        let start = position
        guard try parseName(bytes).string.lowercased() != "xml" else { throw XMLError(.malformedMarkup, start) }
        var instruction: [UInt8] = []
        try appendRaw(bytes, until: "?>", to: &instruction)
        return true
    }

    /// `<?xml version="1.0" encoding="UTF-8"?>`
    private mutating func skipDeclaration(_ bytes: Span<UInt8>) throws(XMLError) {
        let start = position
        position += 5
        var declaration: [UInt8] = []
        try appendRaw(bytes, until: "?>", to: &declaration)
        let text = Text(String(decoding: declaration, as: UTF8.self).lowercased())
        guard let encoding = text.firstIndex(of: "encoding") else { return }
        let rest = text.slice(encoding + 8..<text.byteCount).bytes.drop { " =\t\r\n\"'".utf8.contains($0) }
        guard rest.starts(with: "utf-8".utf8) || rest.starts(with: "us-ascii".utf8) else {
            throw XMLError(.encoding, start)
        }
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) -> Bool {
        let start = position
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    private func isAt(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        let word = word.description.utf8
        guard bytes.count - position >= word.count else { return false }
        var index = position
        for byte in word {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func skip(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        guard isAt(word, bytes) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    /// UTF-8 without the control characters that XML leaves out.
    private func checkCharacters(_ bytes: Span<UInt8>) throws(XMLError) {
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            throw XMLError(.encoding, 0)
        }
        for index in bytes.indices where bytes[index] < 0x20 && !Self.isSpace(bytes[index]) {
            throw XMLError(.forbiddenCharacter, index)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }

    private static func isAllowed(_ code: UInt32) -> Bool {
        code >= 0x20 ? code != 0xfffe && code != 0xffff : code == 0x09 || code == 0x0a || code == 0x0d
    }

    private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...:
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
        default: false
        }
    }
}
