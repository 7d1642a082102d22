import Storage
import Synchronization
import Values

/// A table's statements and the checks of its columns.
final class TablePlan: Sendable {
    let table: RecordTable
    let checks: [ColumnCheck]
    let readers: [FieldReader]
    /// The position of `id`, and whether it counts up.
    let key: Int
    let hasIntegerKey: Bool
    /// Takes a value for every column, in their order; null for an `id` that is to be counted up.
    let insert: SQL
    private let made = Mutex<[Statement: SQL]>([:])

    /// Statements that are made when they are first needed.
    enum Statement: Hashable {
        /// The first record of which a column has the value: all of it, its rowid, or only whether there is one.
        case get(column: Int)
        case find(column: Int)
        case has(column: Int)
        case delete(column: Int)
        /// Sets some columns of the record with a rowid, and gives all of them back.
        case update(columns: [Int])
        /// The record with a rowid.
        case record
        case deleteRow
        case deleteAll
    }

    init(_ table: RecordTable) {
        self.table = table
        checks = table.columns.map { ColumnCheck($0) }
        readers = table.columns.map { FieldReader(SQLType($0)) }
        key = table.key
        hasIntegerKey = table.hasIntegerKey
        let places = (1...table.columns.count).map { "?\($0)" }.joined(separator: ", ")
        insert = SQL("INSERT INTO \(table.name.quotedName) (\(table.columnList)) VALUES (\(places))")
    }

    func statement(_ statement: Statement) -> SQL {
        if let sql = made.withLock({ $0[statement] }) { return sql }
        let sql = SQL(text(of: statement))
        return made.withLock { made in
            if let other = made[statement] { return other }
            made[statement] = sql
            return sql
        }
    }

    private func text(of statement: Statement) -> String {
        let name = table.name.quotedName
        let row = table.rowName
        func first(_ column: Int) -> String {
            " FROM \(name) WHERE \(table.columns[column].name.quotedName) = ?1 ORDER BY \(row) LIMIT 1"
        }
        switch statement {
        case .get(let column): return "SELECT \(table.columnList)" + first(column)
        case .find(let column): return "SELECT \(row)" + first(column)
        case .has(let column):
            return "SELECT 1 FROM \(name) WHERE \(table.columns[column].name.quotedName) = ?1 LIMIT 1"
        case .delete(let column): return "DELETE FROM \(name) WHERE \(row) = (SELECT \(row)\(first(column)))"
        case .update(let columns):
            let sets = columns.enumerated().map { "\(table.columns[$1].name.quotedName) = ?\($0 + 2)" }
            return """
                UPDATE \(name) SET \(sets.joined(separator: ", ")) WHERE \(row) = ?1 RETURNING \(table.columnList)
                """
        case .record: return "SELECT \(table.columnList) FROM \(name) WHERE \(row) = ?1"
        case .deleteRow: return "DELETE FROM \(name) WHERE \(row) = ?1"
        case .deleteAll: return "DELETE FROM \(name)"
        }
    }

    /// The row's columns as a record.
    func record(_ row: borrowing Row) throws -> Value {
        var record = Object(capacity: readers.count)
        for (index, reader) in readers.enumerated() {
            record.append(newKey: checks[index].key, try reader.value(row, Int32(index)))
        }
        return .object(record)
    }
}

extension RecordTable {
    /// All columns in their order, as SQL lists them.
    var columnList: String { columns.map(\.name.quotedName).joined(separator: ", ") }

    /// What SQLite finds a row by: an integer `id` is that itself.
    var rowName: String { hasIntegerKey ? "id".quotedName : "_rowid_" }

    /// The same, where several tables are read.
    var rowID: String { name.quotedName + "." + rowName }
}
