import FunctionStack
import Storage
import Values

/// Brings the values of a column to another type.
struct ColumnConversion {
    let table: RecordTable
    let column: TableColumn
    let old: AppliedTables.Column
    let context: FilterContext

    /// Rows that are read before the first of them is written.
    private static let batch: Int64 = 1_000

    /// Goes through all records.
    ///
    /// - Parameters:
    ///   - source: the column that holds the old values
    ///   - target: the column that gets the new ones, nil to only look
    func run(_ connection: Connection, from source: String, to target: String?) throws -> ConversionResult {
        let (name, row) = (table.name.quotedName, table.rowName)
        let select = SQL(
            """
            SELECT \(row), "id", \(source.quotedName) FROM \(name) \
            WHERE \(row) > ?1 AND \(source.quotedName) IS NOT NULL ORDER BY \(row) LIMIT \(Self.batch)
            """)
        let update = target.map { SQL("UPDATE \(name) SET \($0.quotedName) = ?2 WHERE \(row) = ?1") }
        let reader = FieldReader(old.isArray ? .array(old.type) : SQLType(old.type))
        var result = ConversionResult()
        var last = Int64.min
        while true {
            let statement = try connection.statement(select)
            statement.bind(1, last)
            let rows = try statement.map { (row: $0.integer(0), id: $0.value(1), value: try reader.value($0, 2)) }
            for (row, id, value) in rows {
                let converted = self.converted(value)
                result.values += 1
                if converted == nil {
                    result.failed += 1
                    if result.failedIDs.count < ConversionResult.namedIDs { result.failedIDs.append(id) }
                }
                if let update, let value = converted {
                    let statement = try connection.statement(update)
                    statement.bind(1, row)
                    statement.bindStored(2, value, as: column.storage)
                    try statement.run()
                }
            }
            guard let end = rows.last?.row else { return result }
            last = end
        }
    }

    /// The value as one of the new type, nil if it is none.
    private func converted(_ value: Value) -> Value? {
        switch (old.isArray, column.isArray) {
        case (false, false): return single(value)
        case (false, true):
            // What is JSON may be a list already.
            if case .array(let elements) = value { return list(elements) }
            return single(value).map { .array([$0]) }
        case (true, true):
            guard case .array(let elements) = value else { return nil }
            return list(elements)
        case (true, false):
            if column.storage == .json { return single(value) }
            guard case .array(let elements) = value, elements.count <= 1 else { return nil }
            return elements.isEmpty ? column.emptyValue : single(elements[0])
        }
    }

    private func list(_ elements: [Value]) -> Value? {
        var converted: [Value] = []
        for element in elements {
            guard let element = element == .null ? .null : single(element) else { return nil }
            converted.append(element)
        }
        return .array(converted)
    }

    private func single(_ value: Value) -> Value? {
        switch column.type {
        // Neither is a hash what was hashed, nor is a text a hash.
        case _ where column.type == .password || old.type == .password: return nil
        case .int:
            if case .integer? = SQLType.integer.value(value, context) { return SQLType.integer.value(value, context) }
            return nil
        case .uuid: return value.scalarText.flatMap { UUIDText.normalized($0) }.map(Value.text)
        case .json:
            guard case .text(let text) = value, let parsed = try? JSON.parse(text) else { return value }
            return parsed
        case .object, .file, .image, .video, .audio, .attachment:
            var value = value
            if case .text(let text) = value, let parsed = try? JSON.parse(text) { value = parsed }
            guard case .object = value else { return nil }
            return value
        case .text, .email, .enumeration:
            switch value {
            case .array, .object: return .text(JSON.text(value))
            default: return value.scalarText.map(Value.text)
            }
        case .decimal, .bool, .timestamp, .date: return SQLType(column.type).value(value, context)
        case .password: return nil
        }
    }
}
