import FunctionStack
import Values

/// The order of a query's rows that its caller asks for at run time.
enum SortOrder {
    /// Nobody sorts by more fields, and SQLite's own bound would be no input error.
    private static let maximumCount = 32

    /// - Returns: nil where the value asks for none
    /// - Throws: `StackError` of kind `inputError` for a value of another form
    static func read(_ value: Value) throws -> [RecordQuery.Sort]? {
        switch value {
        case .null, .text(""): return nil
        case .object(let object):
            guard object.count <= maximumCount else { throw malformed }
            return try entries(of: object)
        case .array(let elements):
            var sort: [RecordQuery.Sort] = []
            for element in elements {
                guard case .object(let object) = element else { throw malformed }
                sort += try entries(of: object)
            }
            guard sort.count <= maximumCount else { throw malformed }
            return sort.isEmpty ? nil : sort
        default: throw malformed
        }
    }

    /// `{sortBy: "name", orderBy: "desc"}`, or any number of `name: "desc"`.
    private static func entries(of object: Object) throws -> [RecordQuery.Sort] {
        if let field = object["sortBy"] ?? object["sort"] {
            return [try sort(field, object["orderBy"] ?? object["order"] ?? "asc")]
        }
        return try object.map { try sort(.text($0.key), $0.value) }
    }

    private static func sort(_ field: Value, _ direction: Value) throws -> RecordQuery.Sort {
        guard case .text(let field) = field, let name = field.validString, case .text(let direction) = direction,
            let direction = RecordQuery.Sort.Direction(word: direction.string)
        else { throw malformed }
        return RecordQuery.Sort(field: name, direction: direction)
    }

    private static var malformed: StackError {
        StackError(
            .inputError, "A sort order is an object of at most 32 fields with asc or desc", payload: ["param": "sort"])
    }
}

extension RecordQuery.Sort.Direction {
    fileprivate init?(word: String) {
        switch word.asciiLowercased {
        case "asc": self = .ascending
        case "desc": self = .descending
        case "rand": self = .random
        default: return nil
        }
    }
}
