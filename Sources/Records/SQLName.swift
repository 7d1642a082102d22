extension String {
    /// The name between double quotes, as SQL wants any name that may be one of its own words.
    var quotedName: String { quoted(by: "\"") }

    /// The text between single quotes. Only for what stands in a workspace's files: what comes from outside is
    /// bound, never written into a statement.
    var quotedText: String { quoted(by: "'") }

    private func quoted(by quote: Character) -> String {
        var result = String(quote)
        for character in unicodeScalars {
            result.unicodeScalars.append(character)
            if Character(character) == quote { result.unicodeScalars.append(character) }
        }
        result.append(quote)
        return result
    }
}
