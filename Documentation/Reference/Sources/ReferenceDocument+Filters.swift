import FunctionStack

extension ReferenceDocument {
    /// A table for each section of filters.
    func filterTables() throws -> String {
        try checkNotes()
        let tables = try sections.map { section in
            let remark = section.remark.isEmpty ? [] : [section.remark, ""]
            let head = ["### \(section.title)", ""] + remark + ["| filter | what it gives | example | result |", "|---|---|---|---|"]
            return (head + (try section.notes.map(row))).joined(separator: "\n")
        }
        return (["## Filters"] + tables).joined(separator: "\n\n")
    }

    /// Each filter that is known and refused, with the reason.
    static func refusedFilters() -> String {
        let rows = FilterTable.standard.definitions.compactMap { definition -> String? in
            guard case .unsupported(let reason) = definition.implementation else { return nil }
            return "| `\(definition.name)` | \(reason.replacing("|", with: "\\|")) |"
        }
        return (["### Refused", "", "| filter | why |", "|---|---|"] + rows).joined(separator: "\n")
    }

    /// One line, or one for the name and each alias where that has an example of its own.
    private func row(_ note: FilterNote) throws -> String {
        guard let definition = FilterTable.standard[note.name] else { throw Gap(description: "there is no filter \(note.name)") }
        let shown = try ([definition.name] + definition.aliases).map(example)
        let aliases = definition.aliases.map { "`\($0)`" }.joined(separator: ", ")
        let name = Self.code(([note.name] + note.arguments).joined(separator: ":")) + (aliases.isEmpty ? "" : "<br>also " + aliases)
        let expressions = shown.map { Self.code($0.expression) }.joined(separator: "<br>")
        let results = shown.map { Self.code($0.expected) }.joined(separator: "<br>")
        return "| \(name) | \(note.text.replacing("|", with: "\\|")) | \(expressions) | \(results) |"
    }

    /// The first use that gives something.
    private func example(_ name: String) throws -> FilterExample {
        guard let example = examples[name]?.first(where: { !$0.expected.hasPrefix("error") }) else {
            throw Gap(description: "\(name) has no example in Tests/FunctionStackTests/Fixtures/Filters")
        }
        return example
    }

    private func checkNotes() throws {
        let noted = Set(sections.flatMap(\.notes).map(\.name))
        for definition in FilterTable.standard.definitions where !noted.contains(definition.name) {
            if case .unsupported = definition.implementation { continue }
            throw Gap(description: "\(definition.name) has no line in Documentation/Reference/filters.txt")
        }
    }
}
