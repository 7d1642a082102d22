import Values
import XanoScript

extension RoutineLowering {
    func lower(inputs columns: [Column]) -> InputBlock {
        var fields: [InputField] = []
        for column in columns {
            if column.type == "dblink" {
                fields += linkedFields(column).filter { linked in !fields.contains { $0.name == linked.name } }
            } else if let field = lower(input: column) {
                fields.removeAll { $0.name == field.name }
                fields.append(field)
            }
        }
        return InputBlock(fields)
    }

    private func lower(input column: Column) -> InputField? {
        guard let type = inputType(column) else { return nil }
        let lower = column.minimumCount ?? 0
        return InputField(
            name: Text(column.name), type: type, isArray: column.isArray,
            counts: lower...max(lower, column.maximumCount ?? .max), isNullable: column.isNullable,
            isOptional: column.isOptional || column.defaultValue != nil,
            defaultValue: column.defaultValue.map { self.lower($0) }, filters: filters(column, type),
            children: type == .object ? self.lower(inputs: column.children) : nil)
    }

    // MARK: Types

    private func inputType(_ column: Column) -> InputType? {
        switch column.type {
        case "int": return .int
        case "decimal": return .decimal
        case "text": return .text
        case "bool": return .bool
        case "email": return .email
        case "password": return .password
        case "uuid": return .uuid
        case "timestamp", "epochms": return .timestamp
        case "date": return .date
        case "json": return .json
        case "object", "obj": return objectType(column)
        case "enum": return .enum(column.values.compactMap { lower($0).constant })
        case "file": return .file
        case "image", "video", "audio", "attachment", "blob", "blob_img", "blob_video", "blob_audio":
            report(
                .unsupported, column.typeRange, "stored files (\(column.type)) are not supported",
                remedy: "take an upload as a file input")
        case "vector", "geo_point", "geo_multipoint", "geo_linestring", "geo_multilinestring", "geo_polygon",
            "geo_multipolygon":
            report(.unsupported, column.typeRange, "the type \(column.type) is not supported")
        // The parser has reported a type that the language does not have.
        default:
            if ColumnTypes.contains(column.type) {
                report(.unsupported, column.typeRange, "the type \(column.type) is not supported")
            }
        }
        return nil
    }

    private func objectType(_ column: Column) -> InputType {
        if column.children.isEmpty {
            report(
                .type, column.typeRange, "an object without a schema takes any value", remedy: "use json for that",
                severity: .warning)
            return .json
        }
        return .object
    }

    // MARK: Filters

    private func filters(_ column: Column, _ type: InputType) -> [InputFilter] {
        var filters: [InputFilter] = []
        var allowed: Set<Character>?
        for filter in column.filters where !filter.name.hasPrefix("@") {
            let arguments = filter.arguments.map { lower($0).constant ?? .null }
            if let characters = InputFilterTable.whitelist(filter.name, arguments) {
                allowed = (allowed ?? []).union(characters)
                continue
            }
            let use = InputFilterTable.Use(type: type, isArray: column.isArray, arguments: arguments)
            do {
                if let lowered = try InputFilterTable.filter(filter.name, use) {
                    filters.append(lowered)
                } else {
                    reportUnknown("filter of inputs", filter.name, filter.nameRange, among: InputFilterTable.names)
                }
            } catch {
                let objection = (error as? InputFilterTable.Objection)?.message
                report(.type, filter.nameRange, objection ?? "this filter can't stand here")
            }
        }
        // After those that change the text.
        if let allowed { filters.append(InputFilterTable.filter(allowing: allowed)) }
        return filters
    }

    // MARK: Tables

    /// `dblink { table = "user" }`: an optional input for each column of the table.
    private func linkedFields(_ link: Column) -> [InputField] {
        guard let attribute = link.attributes.first(where: { $0.name == "table" }),
            let table = lower(attribute.value).constant?.text.string
        else {
            report(.name, link.typeRange, "dblink needs the name of a table", remedy: "add table = \"…\"")
            return []
        }
        guard let columns = names.columns[table] else {
            reportUnknown("table", table, attribute.value.range, among: names.columns.keys)
            return []
        }
        let hidden = hiddenColumns(link)
        return columns.compactMap { column in
            guard column.name != "id", !hidden.contains(column.name) else { return nil }
            var optional = column
            optional.isOptional = true
            optional.isNullable = true
            optional.defaultValue = nil
            return lower(input: optional)
        }
    }

    private func hiddenColumns(_ link: Column) -> Set<String> {
        guard let override = link.attributes.first(where: { $0.name == "override" }),
            case .object(let columns)? = lower(override.value).constant
        else { return [] }
        return Set(columns.filter { $0.value["hidden"].isTruthy }.map(\.key.string))
    }
}
