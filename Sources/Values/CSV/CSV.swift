/// Comma-separated values (RFC 4180): rows of fields, quoted where they hold a separator, a quote or a line break.
package struct CSV: Sendable {
    /// Between two fields.
    package var separator: UInt8 = UInt8(ascii: ",")
    /// Around a field; doubled inside of it.
    package var quote: UInt8 = UInt8(ascii: "\"")
    /// The most fields that are read.
    package var maximumFields = 1_000_000

    package init() {}

    /// The rows of a file. Lines end with LF or CR LF; empty ones are left out, and so is a byte order mark.
    package func parse(_ bytes: Span<UInt8>) throws(CSVError) -> [[Text]] {
        var rows: [[Text]] = []
        var row: [Text] = []
        var line = 1
        var fields = 0
        var index = bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
        while index < bytes.count {
            fields += 1
            guard fields <= maximumFields else { throw CSVError(.tooManyFields(maximumFields), line: line) }
            let isQuoted = bytes[index] == quote
            row.append(try isQuoted ? quotedField(bytes, &index, &line) : plainField(bytes, &index))
            if index < bytes.count, bytes[index] == separator {
                index += 1
                // A separator at the very end parts off an empty field.
                if index == bytes.count { row.append(Text()) }
                continue
            }
            guard skipLineEnd(bytes, &index) else { throw CSVError(.textBehindQuote, line: line) }
            line += 1
            if isQuoted || row.count > 1 || row.first?.isEmpty == false { rows.append(row) }
            row = []
        }
        if row.count > 1 || row.first?.isEmpty == false { rows.append(row) }
        return rows
    }

    package func parse(_ text: Text) throws(CSVError) -> [[Text]] {
        try text.withBytes { bytes throws(CSVError) in try parse(bytes) }
    }

    /// Appends a row, its fields quoted where they must be, with CR LF at its end.
    package func append(_ row: some Sequence<Text>, to buffer: inout [UInt8]) {
        var isFirst = true
        let start = buffer.count
        for field in row {
            if !isFirst { buffer.append(separator) }
            isFirst = false
            field.withBytes { append($0, to: &buffer) }
        }
        // An empty line would be no row.
        if !isFirst, buffer.count == start { buffer += [quote, quote] }
        buffer.append(0x0d)
        buffer.append(0x0a)
    }

    private func append(_ field: Span<UInt8>, to buffer: inout [UInt8]) {
        guard needsQuotes(field) else {
            buffer.append(contentsOf: field, in: field.indices)
            return
        }
        buffer.append(quote)
        for index in field.indices {
            if field[index] == quote { buffer.append(quote) }
            buffer.append(field[index])
        }
        buffer.append(quote)
    }

    private func needsQuotes(_ field: Span<UInt8>) -> Bool {
        // Where a text begins with it, a byte order mark would be passed over.
        if field.count >= 3, field[0] == 0xef, field[1] == 0xbb, field[2] == 0xbf { return true }
        for index in field.indices {
            let byte = field[index]
            if byte == separator || byte == quote || byte == 0x0d || byte == 0x0a { return true }
            if (byte == 0x20 || byte == 0x09), index == 0 || index == field.count - 1 { return true }
        }
        return false
    }

    private func plainField(_ bytes: Span<UInt8>, _ index: inout Int) -> Text {
        let start = index
        while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0a {
            if bytes[index] == 0x0d, index + 1 == bytes.count || bytes[index + 1] == 0x0a { break }
            index += 1
        }
        return Text(bytes.extracting(start..<index))
    }

    /// Begins at the quote.
    private func quotedField(_ bytes: Span<UInt8>, _ index: inout Int, _ line: inout Int) throws(CSVError) -> Text {
        let opening = line
        var field: [UInt8] = []
        index += 1
        var start = index
        while index < bytes.count {
            if bytes[index] == 0x0a { line += 1 }
            guard bytes[index] == quote else {
                index += 1
                continue
            }
            field.append(contentsOf: bytes, in: start..<index)
            index += 1
            guard index < bytes.count, bytes[index] == quote else { return Text(bytes: field) }
            // The second of two quotes begins the next stretch.
            start = index
            index += 1
        }
        throw CSVError(.unterminatedQuote, line: opening)
    }

    /// True at the end as well.
    private func skipLineEnd(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < bytes.count else { return true }
        if bytes[index] == 0x0d { index += 1 }
        guard index < bytes.count else { return true }
        guard bytes[index] == 0x0a else { return false }
        index += 1
        return true
    }
}

/// Why a text is no CSV.
package struct CSVError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case unterminatedQuote
        case textBehindQuote
        case tooManyFields(Int)
    }

    package let kind: Kind
    /// From 1.
    package let line: Int

    init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }

    /// One sentence, with the place.
    package var message: String {
        switch kind {
        case .unterminatedQuote: "A quoted field that begins on line \(line) does not end"
        case .textBehindQuote: "Something follows a quoted field on line \(line)"
        case .tooManyFields(let limit): "There are more than \(limit) fields, on line \(line)"
        }
    }
}

extension CSVError: CustomStringConvertible {
    package var description: String { message }
}
