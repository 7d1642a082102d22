import Values

extension Parser {
    /// What the attributes that describe a construct have to be, whatever the construct. Postern makes no use of most
    /// of them, but a mistake in one is a mistake in Xano too.
    mutating func checkDescriptions(_ attributes: [Attribute]) {
        for attribute in attributes {
            switch attribute.name {
            case "description", "docs", "guid": checkText(attribute)
            case "active", "disabled": checkBoolean(attribute)
            case "tags": checkTexts(attribute.value, "tags")
            case "history": checkHistory(attribute.value)
            case "cache": checkCache(attribute.value)
            default: break
            }
        }
    }

    /// The same for what stands in the braces of an input or a column.
    mutating func checkDetails(_ attributes: [Attribute], of type: String) {
        for attribute in attributes {
            switch attribute.name {
            case "description", "table": checkText(attribute)
            case "sensitive": checkBoolean(attribute)
            case "values" where type == "enum":
                guard isLiteral(attribute.value) else { continue }
                if case .array = attribute.value.kind { continue }
                report(.type, attribute.value.range, "`values` is a list", "write values = [\"a\", \"b\"]")
            default:
                if ColumnTypes.isDetail(attribute.name, of: type) { continue }
                report(
                    .name, attribute.nameRange, "\(Self.article(type)) \(type) has no attribute `\(attribute.name)`",
                    attribute.name == "values"
                        ? "only an enum has values"
                        : NearestName.of(attribute.name, among: ColumnTypes.details).map { "did you mean `\($0)`?" })
            }
        }
    }

    private mutating func checkText(_ attribute: Attribute) {
        if case .text = attribute.value.kind { return }
        guard isLiteral(attribute.value) else { return }
        report(
            .type, attribute.value.range, "`\(attribute.name)` has to be a text",
            "write \(attribute.name) = \"…\"")
    }

    private mutating func checkBoolean(_ attribute: Attribute) {
        if case .boolean = attribute.value.kind { return }
        guard isLiteral(attribute.value) else { return }
        report(
            .type, attribute.value.range, "`\(attribute.name)` has to be true or false")
    }

    private mutating func checkTexts(_ value: Expression, _ name: String) {
        guard case .array(let elements) = value.kind else {
            if isLiteral(value) {
                report(.type, value.range, "`\(name)` is a list of texts", "write \(name) = [\"…\"]")
            }
            return
        }
        for element in elements {
            switch element.kind {
            case .text, .word, .invalid: continue
            default: report(.type, element.range, "`\(name)` is a list of texts", "write \"…\"")
            }
        }
    }

    /// How many runs Xano keeps a record of.
    private mutating func checkHistory(_ value: Expression) {
        switch value.kind {
        case .boolean, .object, .invalid, .null: return
        case .text("inherit"), .text("all"), .word("inherit"), .word("all"): return
        case .integer(let count) where [0, 100, 1_000, 10_000].contains(count): return
        default:
            report(
                .type, value.range, "`history` cannot be \(text(value.range))",
                "it is false, \"inherit\", \"all\", 0, 100, 1000 or 10000")
        }
    }

    /// `{ttl: 3600, input: true, auth: true, datasource: true, ip: false, headers: [], env: []}`
    private mutating func checkCache(_ value: Expression) {
        guard case .object(let entries) = value.kind else { return }
        for entry in entries {
            guard case .text(let name) = entry.key.kind, isLiteral(entry.value) else { continue }
            switch (name, entry.value.kind) {
            case ("ttl", .integer), ("ttl", .decimal): continue
            case ("ttl", _):
                report(.type, entry.value.range, "`ttl` of the cache is a number of seconds")
            case ("input", .boolean), ("auth", .boolean), ("datasource", .boolean), ("ip", .boolean): continue
            case ("input", _), ("auth", _), ("datasource", _), ("ip", _):
                report(.type, entry.value.range, "`\(name)` of the cache has to be true or false")
            case ("headers", _), ("env", _): checkTexts(entry.value, name)
            default: continue
            }
        }
    }

    /// Whether an expression is what it says, so that it can be judged.
    private func isLiteral(_ value: Expression) -> Bool {
        switch value.kind {
        case .boolean, .integer, .decimal, .text, .word, .now, .array, .object, .variable, .root: true
        default: false
        }
    }
}
