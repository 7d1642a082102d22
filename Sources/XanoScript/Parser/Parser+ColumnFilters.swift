extension Parser {
    /// `filters=trim|min:3`, read from the bytes: a filter's argument is bare text up to white space, `|` or `:`,
    /// a text in quotation marks, or a pattern. Returns whether there were any.
    mutating func takeFilters(of column: inout Column) -> Bool {
        guard isWord("filters"), peek().kind == .assign else { return false }
        let range = token.range
        advance()
        var reader = ColumnFilterReader(bytes: file.bytes, offset: token.end, end: lexer.end)
        reader.skipSpaces()
        let filters = reader.filters()
        move(to: reader.offset)
        for filter in filters where !filter.isDisabled {
            if filter.name == "@" {
                // `@:dbo=36`: the table it refers to, by its number in Xano.
                let range = filter.nameRange
                let value = filter.arguments.first ?? Expression(.null, range)
                column.attributes.append(Attribute(name: "@", nameRange: range, value: value))
                continue
            }
            column.filters.append(
                Filter(name: filter.name, nameRange: filter.nameRange, arguments: filter.arguments))
        }
        if filters.isEmpty {
            report(.syntax, range, "expected a filter after `filters=`", "for example filters=trim|min:3")
        }
        return true
    }
}

/// Reads the filters of an input or a column.
struct ColumnFilterReader {
    let bytes: [UInt8]
    var offset: Int
    let end: Int

    struct Found {
        var name: String
        var nameRange: SourceRange
        var arguments: [Expression] = []
        var isDisabled: Bool
    }

    private func byte(_ index: Int) -> UInt8? { index < end ? bytes[index] : nil }

    mutating func skipSpaces() {
        while let byte = byte(offset), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { offset += 1 }
    }

    mutating func filters() -> [Found] {
        var result: [Found] = []
        while true {
            let isDisabled = byte(offset) == UInt8(ascii: "!")
            if isDisabled { offset += 1 }
            let start = offset
            while let byte = byte(offset), isName(byte) { offset += 1 }
            if offset == start { return result }
            let name = text(start, offset)
            var found = Found(
                name: name, nameRange: SourceRange(start: start, end: offset), isDisabled: isDisabled)
            while takeMark(UInt8(ascii: ":")) {
                found.arguments.append(argument(isPattern: name == "pattern" || name == "regex"))
            }
            result.append(found)
            guard takeMark(UInt8(ascii: "|")) else { return result }
        }
    }

    /// A mark between filters and their arguments, which may have spaces around it.
    private mutating func takeMark(_ mark: UInt8) -> Bool {
        let start = offset
        skipSpaces()
        guard byte(offset) == mark else {
            offset = start
            return false
        }
        offset += 1
        skipSpaces()
        return true
    }

    private func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "@") || byte == UInt8(ascii: "-")
            || Lexer.wordLength([byte], at: 0, end: 1, isFirst: false) == 1
    }

    private mutating func argument(isPattern: Bool) -> Expression {
        let start = offset
        switch byte(offset) {
        case UInt8(ascii: "\"")?, UInt8(ascii: "'")?:
            if let close = endOfQuoted(from: offset) {
                offset = close
                let content = TextLiteral.value(bytes[start + 1..<close - 1])
                return Expression(.text(content), SourceRange(start: start, end: close))
            }
        case UInt8(ascii: "/")? where isPattern:
            if let close = endOfQuoted(from: offset) { offset = close }
        default: break
        }
        if isPattern { skipPattern() } else { skipBare() }
        return Expression(kind(of: text(start, offset)), SourceRange(start: start, end: offset))
    }

    /// Behind the mark that closes what one opens here; on the same line.
    private func endOfQuoted(from start: Int) -> Int? {
        let mark = bytes[start]
        var index = start + 1
        while let byte = byte(index), byte != UInt8(ascii: "\n") {
            if byte == mark { return index + 1 }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private mutating func skipBare() {
        while let byte = byte(offset), byte > UInt8(ascii: " "), byte != UInt8(ascii: "|"),
            byte != UInt8(ascii: ":"), byte != UInt8(ascii: "}")
        {
            offset += 1
        }
    }

    /// In a pattern `|` ends it only outside of its brackets; colons and braces are its own.
    private mutating func skipPattern() {
        var open: [UInt8] = []
        while let byte = byte(offset), byte > UInt8(ascii: " ") {
            switch byte {
            case UInt8(ascii: "\\"):
                offset += 1
            case UInt8(ascii: "["):
                if open.last != byte { open.append(byte) }
            case UInt8(ascii: "]"):
                if open.last == UInt8(ascii: "[") { open.removeLast() }
            case UInt8(ascii: "(") where open.last != UInt8(ascii: "["):
                open.append(byte)
            case UInt8(ascii: ")") where open.last == UInt8(ascii: "("):
                open.removeLast()
            case UInt8(ascii: "|") where open.isEmpty:
                return
            default: break
            }
            offset = min(offset + 1, end)
        }
    }

    /// A number if it is written as one would print it, so that nothing of a text such as `007` is lost.
    private func kind(of text: String) -> Expression.Kind {
        if let number = Int64(text), String(number) == text { return .integer(number) }
        if text.contains("."), let number = Double(text), number.isFinite, text.first?.isLetter == false {
            return .decimal(number)
        }
        return .text(text)
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }
}
