/// A table of a workspace as it is kept in SQLite: under its own name, with its columns in their order.
///
/// The primary key is the column `id`: an `int` that counts up from 1 and is never used twice, or a `uuid`.
package struct RecordTable: Sendable {
    package let name: String
    package let columns: [TableColumn]
    package let indexes: [TableIndex]
    /// The position of `id`.
    package let key: Int
    private let positions: [String: Int]

    package init(name: String, columns: [TableColumn], indexes: [TableIndex], key: Int) {
        self.name = name
        self.columns = columns
        self.indexes = indexes
        self.key = key
        positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var keyColumn: TableColumn { columns[key] }
    package var hasIntegerKey: Bool { keyColumn.type == .int }

    /// The position of a column, exactly as it is written.
    package func position(of column: String) -> Int? { positions[column] }

    package subscript(column: String) -> TableColumn? { positions[column].map { columns[$0] } }
}
