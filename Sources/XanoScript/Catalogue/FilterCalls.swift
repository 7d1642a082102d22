/// Functions that the documentation writes as calls within expressions, each with the filter of the same meaning:
/// its first argument is what is filtered (syntax/functions.md, syntax/string-filters.md).
enum FilterCalls {
    static func filter(for name: String) -> String? { filters[name] }

    static var names: [String] { filters.keys.sorted() }

    private static let filters = [
        "math.add": "add", "math.sub": "subtract", "math.mul": "multiply", "math.div": "divide",
        "math.mod": "modulus",
        "math.bitwise.and": "bitwise_and", "math.bitwise.or": "bitwise_or", "math.bitwise.xor": "bitwise_xor",
        "object.keys": "keys", "object.values": "values", "object.entries": "entries",
        "text.contains": "contains", "text.icontains": "icontains",
        "text.starts_with": "starts_with", "text.istarts_with": "istarts_with",
        "text.ends_with": "ends_with", "text.iends_with": "iends_with",
        "dbAddonAttr": "dbAddonAttr",
        "text.trim": "trim", "text.ltrim": "ltrim", "text.rtrim": "rtrim",
    ]
}
