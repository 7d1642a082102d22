import Values

extension Text {
    /// With characters of `fill` before or behind, over and over, until it has so many characters.
    func padded(toCharacters count: Int, with fill: Text, atStart: Bool, _ context: FilterContext) throws -> Text {
        let missing = count - Swift.min(count, characterCount)
        let period = fill.characterCount
        guard missing > 0, period > 0 else { return self }
        let rounds = missing / period
        let (bytes, overflow) = (rounds == .max ? rounds : rounds + 1).multipliedReportingOverflow(by: fill.byteCount)
        try context.budget.charge(bytes: overflow ? Int.max : bytes)
        var padding: [UInt8] = []
        for _ in 0..<(missing / period) { fill.append(to: &padding) }
        fill.characters(0..<(missing % period)).append(to: &padding)
        if atStart { append(to: &padding) } else { padding.insert(contentsOf: self.bytes, at: 0) }
        return Text(bytes: padding)
    }
}
