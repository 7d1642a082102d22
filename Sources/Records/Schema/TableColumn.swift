package import Values
package import XanoScript

/// A column of a table.
package struct TableColumn: Sendable {
    /// What a record gets where its data does not name the column.
    package enum Default: Sendable, Equatable {
        /// Nothing was declared.
        case absent
        /// The time of the run.
        case now
        case value(Value)
    }

    package let name: String
    package let key: Text
    package let type: ColumnType
    package let isArray: Bool
    package let isNullable: Bool
    package let isOptional: Bool
    package let defaultValue: Default
    /// The declaration, for its place.
    package let declaration: Column
    /// What the column makes of a value that is written to it.
    let check: TypeCheck

    package var storage: ColumnType.Storage { isArray ? .json : type.storage }

    /// The value of a column that may be left out, may not be null and has no default: that of its type.
    ///
    /// Text, numbers and bools have an empty one, and so have arrays; the others read as null.
    package var emptyValue: Value {
        if isNullable { return .null }
        if isArray { return .array([]) }
        return switch type {
        case .text, .email: .text("")
        case .int: .integer(0)
        case .decimal: .decimal(0)
        case .bool: .boolean(false)
        default: .null
        }
    }
}

/// An index of a table.
package struct TableIndex: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package let column: String
        package let isDescending: Bool
    }

    package let fields: [Field]
    package let isUnique: Bool
}
