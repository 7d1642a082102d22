import FunctionStack
import Values
import XanoScript

/// Turns the `table` constructs of a workspace into tables, and says what is wrong with them.
struct SchemaReader {
    private(set) var tables: [String: RecordTable] = [:]
    private(set) var refusals: [String: RecordProblem] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// Names that are taken, as SQLite compares them: without regard to the case of ASCII letters.
    private var taken: [String: String] = [:]

    mutating func read(_ table: Table, of construct: Construct) {
        var reader = TableReader(table: table, construct: construct)
        let result = reader.read(taken: &taken)
        diagnostics += reader.diagnostics
        if let result {
            tables[construct.name] = result
        } else {
            let first = reader.diagnostics.first { $0.severity == .error }
            let kind = reader.diagnostics.contains { $0.kind != .unsupported } ? .name : Diagnostic.Kind.unsupported
            refusals[construct.name] = RecordProblem(
                kind, "The table \"\(construct.name)\" cannot be used: \(first?.message ?? "it is in error")",
                remedy: first?.remedy)
        }
    }
}

/// Reads one `table`.
private struct TableReader {
    let table: Table
    let construct: Construct
    var diagnostics: [Diagnostic] = []
    private var isUsable = true

    init(table: Table, construct: Construct) {
        self.table = table
        self.construct = construct
    }

    mutating func read(taken: inout [String: String]) -> RecordTable? {
        checkName(taken: &taken)
        var columns = readColumns()
        if table.columns.count > Self.maximumColumns {
            error(.unsupported, construct.nameRange, "A table has at most \(Self.maximumColumns) columns",
                remedy: "keep some of them in a json column")
        }
        let key: Int
        if let position = columns.firstIndex(where: { $0.name == "id" }) {
            key = position
            checkKey(columns[position])
        } else if table.columns.isEmpty {
            // `table empty { auth = false }` is legal: what a table always has is its id.
            columns = [implicitKey()]
            key = 0
        } else {
            error(.name, construct.nameRange, "A table needs a column named id", remedy: "add `int id` as the first one")
            return nil
        }
        let indexes = table.indexes.compactMap { readIndex($0, columns: columns) }
        guard isUsable else { return nil }
        return RecordTable(name: construct.name, columns: columns, indexes: unique(indexes), key: key)
    }

    /// SQLite's own bound is 2,000.
    private static let maximumColumns = 1_000

    private mutating func checkName(taken: inout [String: String]) {
        let name = construct.name
        let lowered = name.asciiLowercased
        if lowered.hasPrefix("postern_") || lowered.hasPrefix("sqlite_") {
            let owner = lowered.hasPrefix("postern_") ? "Postern's" : "SQLite's"
            error(.name, construct.nameRange, "Names that begin with \(lowered.prefix { $0 != "_" })_ are \(owner) own",
                remedy: "rename the table")
        }
        checkText(name, range: construct.nameRange, what: "table")
        if let other = taken[lowered] {
            error(.name, construct.nameRange,
                other == name
                    ? "There is another table \"\(name)\""
                    : "The tables \"\(other)\" and \"\(name)\" differ only in the case of letters",
                remedy: "rename one of them")
        }
        taken[lowered] = name
    }

    private mutating func checkText(_ name: String, range: SourceRange, what: String) {
        if name.isEmpty || name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
            error(.name, range, "The name of a \(what) must not be empty nor hold control characters", remedy: "rename it")
        }
    }

    private mutating func checkKey(_ column: TableColumn) {
        guard column.isArray || (column.type != .int && column.type != .uuid) else { return }
        error(.type, column.declaration.typeRange, "The column id must be an int or a uuid", remedy: "write `int id`")
    }

    private func implicitKey() -> TableColumn {
        let declaration = Column(
            name: "id", nameRange: construct.nameRange, type: "int", typeRange: construct.nameRange,
            range: construct.nameRange)
        var objections: [ValueRule.Objection] = []
        return TableColumn(
            name: "id", key: "id", type: .int, isArray: false, isNullable: false, isOptional: false,
            defaultValue: .absent, declaration: declaration,
            check: TypeCheck(declaration, name: "id", objections: &objections))
    }

    // MARK: Columns

    private mutating func readColumns() -> [TableColumn] {
        var names: [String: String] = [:]
        return table.columns.compactMap { column in
            checkText(column.name, range: column.nameRange, what: "column")
            if column.name.asciiLowercased == "_rowid_" {
                error(.name, column.nameRange, "SQLite has a column \"_rowid_\" of its own", remedy: "rename the column")
            }
            let lowered = column.name.asciiLowercased
            if let other = names[lowered] {
                error(.name, column.nameRange,
                    other == column.name
                        ? "There is another column \"\(column.name)\""
                        : "The columns \"\(other)\" and \"\(column.name)\" differ only in the case of letters",
                    remedy: "rename one of them")
            }
            names[lowered] = column.name
            return readColumn(column)
        }
    }

    private mutating func readColumn(_ column: Column) -> TableColumn? {
        guard let type = ColumnType(name: column.type) else {
            refuseType(column)
            return nil
        }
        let constant = ConstantExpression.value(of: column.defaultValue)
        if constant == nil {
            error(.type, column.defaultValue?.range ?? column.nameRange,
                "The default of \"\(column.name)\" is not a constant", remedy: "write a literal value, or now")
        }
        let check = checkRule(column, default: constant ?? .absent)
        return TableColumn(
            name: column.name, key: Text(column.name), type: type, isArray: column.isArray,
            isNullable: column.isNullable, isOptional: column.isOptional, defaultValue: constant ?? .absent,
            declaration: column, check: check)
    }

    private mutating func checkRule(_ column: Column, default defaultValue: TableColumn.Default) -> TypeCheck {
        var objections: [ValueRule.Objection] = []
        let check = TypeCheck(column, name: column.name, objections: &objections)
        for objection in objections {
            error(
                objection.problem.kind, objection.filter.nameRange, objection.problem.message,
                remedy: objection.problem.remedy)
        }
        guard case .value(let value) = defaultValue, !value.isNull, let place = column.defaultValue else { return check }
        if case .text(let text) = value, text.bytes.contains(0) {
            error(.type, place.range, "A default must not hold a NUL byte", remedy: "give the value where it is written")
        }
        do {
            _ = try check.check(value, Self.context)
        } catch {
            let reason = (error as? StackError)?.message.string ?? "it is refused"
            self.error(
                .type, place.range, "The default of \"\(column.name)\" does not fit the column: \(reason)",
                remedy: "write a default that is \(column.type)")
        }
        return check
    }

    /// Defaults that depend on the clock are none that are checked.
    private static var context: FilterContext {
        FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: Budget())
    }

    private mutating func refuseType(_ column: Column) {
        if let reason = ColumnType.refused[column.type] {
            error(.unsupported, column.typeRange, "The column \"\(column.name)\" is of type \(column.type): \(reason)",
                remedy: "keep its values in a json column")
        } else {
            error(.type, column.typeRange, "There is no type \"\(column.type)\" for columns",
                remedy: ColumnTypes.remedy(for: column.type))
        }
    }

    // MARK: Indexes

    private mutating func readIndex(_ index: Table.Index, columns: [TableColumn]) -> TableIndex? {
        let words = index.type.split(separator: "|").map(String.init)
        switch words.first {
        case "primary":
            if index.fields.map(\.name) != ["id"] {
                error(.name, index.range, "The primary index is that of id", remedy: "make it `field: [{name: \"id\"}]`")
            }
            return nil
        case "gin", "search", "vector", "spatial", "gist":
            // They make queries of PostgreSQL faster and change no result.
            return nil
        case "btree", "unique": break
        default:
            error(.name, index.range, "There is no index type \"\(index.type)\"",
                remedy: "write primary, btree, btree|unique, gin or search")
            return nil
        }
        if let unknown = words.dropFirst().first(where: { $0 != "unique" }) {
            error(.name, index.range, "\"\(unknown)\" says nothing about a btree index", remedy: "write btree|unique")
        }
        return TableIndex(fields: readFields(index, columns: columns), isUnique: words.contains("unique"))
    }

    private mutating func readFields(_ index: Table.Index, columns: [TableColumn]) -> [TableIndex.Field] {
        let names = columns.map(\.name)
        if index.fields.isEmpty {
            error(.name, index.range, "The index names no column", remedy: "write `field: [{name: \"\(names[0])\"}]`")
        }
        for field in index.fields where !names.contains(field.name) && !declares(field.name) {
            error(.name, index.range, "The index is on \"\(field.name)\", which is no column of the table",
                remedy: nearest(to: field.name, among: names))
        }
        return index.fields.map { TableIndex.Field(column: $0.name, isDescending: $0.descending) }
    }

    /// A column that is refused has had its diagnostic.
    private func declares(_ name: String) -> Bool {
        table.columns.contains { $0.name == name }
    }

    private func unique(_ indexes: [TableIndex]) -> [TableIndex] {
        indexes.enumerated().filter { !indexes[..<$0].contains($1) }.map(\.element)
    }

    private mutating func error(_ kind: Diagnostic.Kind, _ range: SourceRange, _ message: String, remedy: String?) {
        isUsable = false
        diagnostics.append(
            Diagnostic(kind: kind, file: construct.file, range: range, message: message, remedy: remedy))
    }
}
