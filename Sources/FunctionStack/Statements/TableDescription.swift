import Values
import XanoScript

/// A table as `db.schema` describes it to a stack.
enum TableDescription {
    static func describe(_ table: Table, named name: String) -> Value {
        [
            "name": .text(Text(name)), "columns": .array(table.columns.map(describe)),
            "indexes": .array(table.indexes.map(describe)),
            "constraints": .array(constraints(table)),
        ]
    }

    /// The description of one column, or of a member of an object (`address.city`); of the whole table for an empty
    /// path, null for a column that there is not.
    static func column(_ path: String, of description: Value) -> Value {
        var current = description
        for part in path.split(separator: ".") {
            let columns = current["columns"] == .null ? current["children"] : current["columns"]
            guard case .array(let list) = columns,
                let found = list.first(where: { $0["name"] == .text(Text(String(part))) })
            else { return .null }
            current = found
        }
        return current
    }

    private static func describe(_ column: Column) -> Value {
        func attribute(_ name: String) -> Value? {
            column.attributes.first { $0.name == name }?.value.constantText.map { .text(Text($0)) }
        }
        var object: Object = [
            "name": .text(Text(column.name)), "type": .text(Text(column.type)),
            "style": column.isArray ? "list" : "single", "nullable": .boolean(column.isNullable),
            "required": .boolean(!column.isOptional && column.defaultValue == nil),
            "default": column.defaultValue.map(literal) ?? .null, "description": attribute("description") ?? "",
        ]
        if let table = attribute("table") { object["table"] = table }
        if !column.values.isEmpty { object["values"] = .array(column.values.map(literal)) }
        if !column.children.isEmpty { object["children"] = .array(column.children.map(describe)) }
        return .object(object)
    }

    private static func literal(_ expression: Expression) -> Value {
        switch expression.kind {
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .decimal(let value): .decimal(value)
        case .text(let text), .word(let text): .text(Text(text))
        case .now: "now"
        case .array(let items): .array(items.map(literal))
        case .object(let entries):
            .object(Object(entries.map { (key: Text($0.key.constantText ?? ""), value: literal($0.value)) }))
        default: .null
        }
    }

    private static func describe(_ index: Table.Index) -> Value {
        [
            "type": .text(Text(index.type)),
            "fields": .array(
                index.fields.map { ["name": .text(Text($0.name)), "op": $0.descending ? "desc" : "asc"] }),
        ]
    }

    private static func constraints(_ table: Table) -> [Value] {
        [["type": "primary", "columns": ["id"]]]
            + table.indexes.filter { $0.type.contains("unique") }.map { index in
                ["type": "unique", "columns": .array(index.fields.map { .text(Text($0.name)) })]
            }
    }
}
