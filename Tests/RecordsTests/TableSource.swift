import Values
import XanoScript

/// A `table` construct as the parser would give it, written down in a few words.
struct TableSource {
    static let file = SourceFile(path: "table/test.xs", bytes: Array("table test".utf8))
    static let place = SourceRange(start: 0, end: 5)

    var name: String
    var columns: [Column]
    var indexes: [Table.Index] = []

    init(_ name: String, _ columns: Column..., indexes: [Table.Index] = []) {
        self.name = name
        self.columns = columns
        self.indexes = indexes
    }

    var construct: Construct {
        var table = Table()
        table.columns = columns
        table.indexes = indexes
        return Construct(
            file: Self.file, name: name, nameRange: Self.place, kind: .table(table), range: Self.place)
    }
}

extension Column {
    /// `Column("text", "name?=x")`: the name with `?` may be left out, what follows `=` is the default.
    static func make(
        _ type: String, _ name: String, nullable: Bool = false, optional: Bool = false,
        default defaultValue: Expression.Kind? = nil, filters: [Filter] = [], values: [String] = [],
        children: [Column] = []
    ) -> Column {
        let isArray = type.hasSuffix("[]")
        var column = Column(
            name: name, nameRange: TableSource.place, type: isArray ? String(type.dropLast(2)) : type,
            typeRange: TableSource.place, range: TableSource.place)
        column.isArray = isArray
        column.isNullable = nullable
        column.isOptional = optional || defaultValue != nil
        column.defaultValue = defaultValue.map { Expression($0, TableSource.place) }
        column.filters = filters
        column.values = values.map { Expression(.text($0), TableSource.place) }
        column.children = children
        return column
    }

    static let id = make("int", "id")
}

extension Filter {
    static func make(_ name: String, _ arguments: Expression.Kind...) -> Filter {
        Filter(
            name: name, nameRange: TableSource.place,
            arguments: arguments.map { Expression($0, TableSource.place) })
    }
}

extension Table.Index {
    static func make(_ type: String, _ fields: String...) -> Table.Index {
        Table.Index(
            type: type, fields: fields.map { ($0.replacingPrefix("-"), $0.hasPrefix("-")) }, range: TableSource.place)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
