/// Some statuses of HTTP: `404 410`, `4xx`.
package struct StatusSet: Sendable, Equatable {
    private var ranges: [ClosedRange<Int>] = []

    package init() {}

    /// nil if a word is no status and no class of them.
    init?(_ text: String) {
        for word in text.split(separator: " ") {
            let digits = word.hasSuffix("xx") ? word.dropLast(2) : word
            guard let number = ASCIIDigits.value(digits.utf8) else { return nil }
            let first = Int(number) * (word.hasSuffix("xx") ? 100 : 1)
            guard (200...599).contains(first) else { return nil }
            ranges.append(first...(word.hasSuffix("xx") ? first + 99 : first))
        }
        guard !ranges.isEmpty else { return nil }
    }

    package var isEmpty: Bool { ranges.isEmpty }

    package func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}

extension StatusSet: CustomStringConvertible {
    /// As an entry has it.
    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound / 100)xx" }.joined(separator: " ")
    }
}
