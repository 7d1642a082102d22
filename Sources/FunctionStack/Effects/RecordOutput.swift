package import Values

/// Which fields a result shows: `output = ["id", "address.city", "items.name", "curPage"]`.
package struct RecordOutput: Sendable {
    /// The members of the envelope of a page, without `items`.
    package static let envelope: Set<String> = [
        "itemsReceived", "curPage", "nextPage", "prevPage", "offset", "perPage", "itemsTotal", "pageTotal",
    ]

    /// Members of the envelope to show, nil for all.
    package let envelope: Set<Text>?
    /// Fields of the records to show, nil for all.
    package let fields: [Field]?

    package struct Field: Sendable {
        package let name: Text
        /// Members to show of what it holds, nil for all.
        var members: [Field]?
    }

    package init(_ names: [String]?) {
        guard let names else {
            envelope = nil
            fields = nil
            return
        }
        var shown: Set<Text> = []
        var paths: [[Substring]] = []
        var showsItems = false
        for name in names {
            if Self.envelope.contains(name) {
                shown.insert(Text(name))
            } else if ["items", "items.*", "*"].contains(name) {
                showsItems = true
            } else {
                let path = name.split(separator: ".", omittingEmptySubsequences: true)
                paths.append(path.first == "items" && path.count > 1 ? Array(path.dropFirst()) : path)
            }
        }
        envelope = shown.isEmpty ? nil : shown
        fields = paths.isEmpty || showsItems ? nil : Self.tree(paths)
    }

    /// Whether a column is needed at all.
    package func shows(_ name: Text) -> Bool {
        fields?.contains { $0.name == name } ?? true
    }

    private static func tree(_ paths: [[Substring]]) -> [Field] {
        var fields: [Field] = []
        for path in paths {
            guard let first = path.first, !fields.contains(where: { $0.name == Text(String(first)) }) else { continue }
            let rests = paths.filter { $0.first == first }.map { Array($0.dropFirst()) }
            let isWhole = rests.contains(where: \.isEmpty)
            fields.append(Field(name: Text(String(first)), members: isWhole ? nil : tree(rests)))
        }
        return fields
    }

    /// A record with only the fields to show, in the record's own order.
    package func select(_ record: Value) -> Value {
        guard let fields else { return record }
        return Self.select(record, fields)
    }

    private static func select(_ value: Value, _ fields: [Field]) -> Value {
        switch value {
        case .object(let object):
            var result = Object(capacity: fields.count)
            for (key, member) in object {
                guard let field = fields.first(where: { $0.name == key }) else { continue }
                result[key] = field.members.map { select(member, $0) } ?? member
            }
            return .object(result)
        case .array(let elements):
            return .array(elements.map { select($0, fields) })
        default: return value
        }
    }
}
