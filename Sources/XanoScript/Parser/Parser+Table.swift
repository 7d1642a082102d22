extension Parser {
    mutating func table(_ body: Body) -> Table {
        var table = Table()
        table.columns = body.blocks.first { $0.name == "schema" }?.columns ?? []
        for attribute in body.attributes {
            switch (attribute.name, attribute.value.kind) {
            case ("auth", .boolean(let value)): table.isAuthentication = value
            case ("auth", _):
                report(.type, attribute.value.range, "`auth` of a table is true or false")
            case ("index", .array(let elements)):
                table.indexes = elements.compactMap { index($0) }
            case ("view", .object(let views)):
                checkViews(views)
                table.attributes.append(attribute)
            case ("index", .invalid): break
            case ("index", _):
                report(
                    .type, attribute.value.range, "`index` is a list",
                    "write index = [{type: \"btree\", field: [{name: \"…\"}]}]")
            default: table.attributes.append(attribute)
            }
        }
        return table
    }

    /// `{"not exported": {search: $db.exported == false, sort: {id: "asc"}, id: "…"}}`
    private mutating func checkViews(_ views: [ObjectEntry]) {
        for view in views {
            guard case .object(let entries) = view.value.kind else { continue }
            if entries.contains(where: { keyText($0.key) == "search" }) { continue }
            report(.name, view.key.range, "a view needs its `search`", "write {search: $db.… == …, sort: {…}}")
        }
    }

    private mutating func index(_ element: Expression) -> Table.Index? {
        if case .invalid = element.kind { return nil }
        guard let entries = entries(of: element, "index") else { return nil }
        var type: String?
        var fields: [(name: String, descending: Bool)] = []
        var hasFields = false
        for (key, value) in entries {
            switch (keyText(key), value.kind) {
            case ("type", .text(let text)), ("type", .word(let text)): type = text
            case ("field", .array(let elements)):
                hasFields = !elements.isEmpty
                fields = elements.compactMap { field($0) }
            default: break
            }
        }
        if hasFields, fields.isEmpty { return nil }
        guard let type, !fields.isEmpty else {
            report(
                .syntax, element.range, "an index needs a type and its fields",
                "write {type: \"btree\", field: [{name: \"…\"}]}")
            return nil
        }
        return Table.Index(type: type, fields: fields, range: element.range)
    }

    private mutating func field(_ element: Expression) -> (name: String, descending: Bool)? {
        switch element.kind {
        case .text(let name), .word(let name): return (name, false)
        case .object(let entries):
            var name: String?
            var descending = false
            for entry in entries {
                switch (keyText(entry.key), entry.value.kind) {
                case ("name", .text(let text)), ("name", .word(let text)): name = text
                case ("op", .text(let text)), ("op", .word(let text)): descending = text.lowercased() == "desc"
                default: break
                }
            }
            if let name { return (name, descending) }
            report(.syntax, element.range, "a field of an index needs its name", "write {name: \"…\"}")
            return nil
        default:
            report(.syntax, element.range, "a field of an index is given by its name", "write {name: \"…\"}")
            return nil
        }
    }
}
