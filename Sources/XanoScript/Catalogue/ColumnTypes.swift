import Values

/// The types of inputs and columns (types.md).
package enum ColumnTypes {
    package static func contains(_ type: String) -> Bool { all.contains(type) }

    package static func remedy(for type: String) -> String? {
        if let mend = mends[type.lowercased()] { return "did you mean `\(mend)`?" }
        return NearestName.of(type, among: sorted).map { "did you mean `\($0)`?" }
    }

    /// What may stand in the braces of an input or a column, whatever the type.
    static let details = [
        "access", "default", "description", "docs", "fields", "format", "index", "override", "primary_key", "required",
        "sensitive", "size", "style", "table", "unique", "values", "visibility",
    ]

    /// Only an enum has values; what a `dblink` or an object takes beside is not known.
    static func isDetail(_ name: String, of type: String) -> Bool {
        if type == "dblink" || type == "object" { return true }
        return name == "values" ? type == "enum" : details.contains(name)
    }

    private static let sorted = all.sorted()

    private static let all: Set<String> = [
        "int", "decimal", "text", "bool", "email", "password", "uuid", "timestamp", "date", "json", "vector", "enum",
        "object", "file", "image", "video", "audio", "attachment", "dblink",
        "geo_point", "geo_multipoint", "geo_linestring", "geo_multilinestring", "geo_polygon", "geo_multipolygon",
    ]

    private static let mends = [
        "string": "text", "str": "text", "varchar": "text", "char": "text", "url": "text", "phone": "text",
        "integer": "int", "number": "int", "bigint": "int", "long": "int",
        "boolean": "bool", "float": "decimal", "double": "decimal", "numeric": "decimal", "real": "decimal",
        "datetime": "timestamp", "time": "timestamp",
        "any": "json", "map": "json", "dict": "json", "array": "json", "list": "json", "jsonb": "json",
    ]
}
