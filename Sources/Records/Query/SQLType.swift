/// What SQL's value of an expression means in the language.
enum SQLType: Hashable, Sendable {
    case integer, decimal, text, boolean, timestamp, date, uuid
    /// JSON text: an object, or whatever a `json` column holds.
    case json
    /// JSON text of an array whose elements are of one type.
    case array(ColumnType)
    /// What a path inside JSON leads to, a parameter, the result of a filter: known only when it is there.
    case scalar

    init(_ column: TableColumn) {
        if column.isArray {
            self = .array(column.type)
        } else {
            self.init(column.type)
        }
    }

    init(_ type: ColumnType) {
        self = switch type {
        case .int: .integer
        case .decimal: .decimal
        case .bool: .boolean
        case .timestamp: .timestamp
        case .date: .date
        case .uuid: .uuid
        case .text, .email, .password, .enumeration: .text
        case .json, .object, .file, .image, .video, .audio, .attachment: .json
        }
    }

    /// Whether the value is JSON text, into which `json_each` may look.
    var isJSON: Bool {
        switch self {
        case .json, .array: true
        default: false
        }
    }

    var isText: Bool {
        switch self {
        case .text, .date, .uuid: true
        default: false
        }
    }

    /// The type of an array's elements.
    var element: SQLType {
        if case .array(let type) = self { SQLType(type) } else { .scalar }
    }
}
