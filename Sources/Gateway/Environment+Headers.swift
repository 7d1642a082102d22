extension Environment {
    /// Every value that the request brought for one header, in the order of arrival.
    ///
    /// nginx sends a repeated header as several parameters of one name, Apache joins the values with
    /// `, `. `Content-Type` and `Content-Length` arrive as `CONTENT_TYPE` and `CONTENT_LENGTH`, from
    /// nginx as `HTTP_CONTENT_TYPE` and `HTTP_CONTENT_LENGTH` as well, which alone show a repetition.
    /// - Parameter name: the header's name as in HTTP, in any letter case: `X-Hub-Signature-256`.
    package func header(_ name: String) -> [[UInt8]] {
        let wanted = name.utf8Span.span
        var values: [[UInt8]] = []
        for entry in entries where isHeader(entry, wanted) {
            values.append(Array(bytes[entry.value]))
        }
        if values.isEmpty, Self.hasVariableOfItsOwn(wanted) {
            // Apache leaves it out for an absent header, nginx sends it empty.
            for entry in entries where Int(entry.nameCount) == wanted.count && entry.valueCount > 0 {
                if Self.matches(bytes.span.extracting(entry.name), wanted) {
                    values.append(Array(bytes[entry.value]))
                }
            }
        }
        return values
    }

    /// Number of values that the request brought for one header, counted as by `header(_:)`.
    package func headerCount(_ name: String) -> Int {
        header(name).count
    }

    /// Lends every request header in turn: the name without `HTTP_`, still as the CGI variable has it
    /// (`X_HUB_SIGNATURE_256`), and the value.
    package func forEachHeader<Failure: Error>(
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var hasContentType = false
        try forEach(prefix: "HTTP_") { (name, value) throws(Failure) in
            let bare = name.extracting(5..<name.count)
            hasContentType = hasContentType || Self.matches(bare, "Content-Type".utf8Span.span)
            try body(bare, value)
        }
        guard !hasContentType else { return }
        try forEach(prefix: "CONTENT_TYPE") { (name, value) throws(Failure) in
            if name.count == 12, !value.isEmpty { try body(name, value) }
        }
    }

    private func isHeader(_ entry: Entry, _ wanted: Span<UInt8>) -> Bool {
        guard Int(entry.nameCount) == wanted.count + 5 else { return false }
        let name = bytes.span.extracting(entry.name)
        return Self.matches(name.extracting(5..<name.count), wanted)
            && Self.matches(name.extracting(0..<5), "HTTP-".utf8Span.span)
    }

    private static func hasVariableOfItsOwn(_ header: Span<UInt8>) -> Bool {
        switch header.count {
        case 12: matches("CONTENT_TYPE".utf8Span.span, header)
        case 14: matches("CONTENT_LENGTH".utf8Span.span, header)
        default: false
        }
    }

    /// Whether a CGI variable is the one for a header of the same length.
    private static func matches(_ variable: Span<UInt8>, _ header: Span<UInt8>) -> Bool {
        guard variable.count == header.count else { return false }
        var index = header.count
        while index > 0 {
            index -= 1
            let byte = header[index]
            let folded =
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
                case UInt8(ascii: "-"): UInt8(ascii: "_")
                default: byte
                }
            if variable[index] != folded { return false }
        }
        return true
    }
}
