extension String {
    /// The name between double quotes, as SQL wants any name that may be one of its own words.
    var quotedName: String { quoted(by: "\"") }

    /// The text between single quotes. Only for what stands in a workspace's files: what comes from outside is
    /// bound, never written into a statement.
    var quotedText: String { quoted(by: "'") }

    private func quoted(by quote: Unicode.Scalar) -> String {
        var result = String(quote)
        if utf8.contains(UInt8(ascii: quote)) {
            for scalar in unicodeScalars {
                result.unicodeScalars.append(scalar)
                if scalar == quote { result.unicodeScalars.append(quote) }
            }
        } else {
            result += self
        }
        result.unicodeScalars.append(quote)
        return result
    }
}
