extension SourceFile {
    /// The parts of the file, each with a construct of its own: exports of several constructs in one file, and pushes,
    /// put a line `---` between them. A line like that inside a text is part of the text.
    package var documents: [SourceRange] {
        let whole = SourceRange(start: 0, end: bytes.count)
        // Nearly all files have none, and are not read twice.
        guard lineStarts.contains(where: { endOfSeparator(at: $0) != nil }) else { return [whole] }
        var documents = [whole]
        var lexer = Lexer(bytes)
        var token = lexer.next()
        while token.kind != .endOfFile {
            if let end = endOfSeparator(at: token.start), isLineStart(token.start) {
                documents[documents.count - 1].end = token.start
                documents.append(SourceRange(start: end, end: bytes.count))
                lexer.move(to: end)
            }
            token = lexer.next()
        }
        return documents
    }

    private func isLineStart(_ offset: Int) -> Bool { offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") }

    /// Where a line ends that has nothing but `---` and maybe blanks after it.
    private func endOfSeparator(at start: Int) -> Int? {
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
        guard end == start + 3 else { return nil }
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
            guard bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") || bytes[end] == UInt8(ascii: "\r")
            else { return nil }
            end += 1
        }
        return end
    }
}
