/// Why the tables of a workspace cannot be brought to what its files say. Nothing was changed.
package struct MigrationError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// The database has the table, the workspace no longer.
        case tableRemoved
        case columnRemoved(String)
        case typeChanged(column: String, from: String, to: String)
        /// A new unique index over columns that hold equal values.
        case duplicates(columns: [String])
        /// What the database remembers of its tables cannot be read.
        case unreadable
    }

    package let table: String
    package let reason: Reason
}

extension MigrationError: CustomStringConvertible {
    /// What is wrong and what to do about it, in one line.
    package var description: String {
        switch reason {
        case .tableRemoved:
            """
            table "\(table)": the database has it and the workspace does not, and its records would be lost; \
            put its file back
            """
        case .columnRemoved(let column):
            """
            table "\(table)": the database has a column "\(column)" that the workspace has not, and its values would \
            be lost; put the column back (a column with a new name is another column)
            """
        case .typeChanged(let column, let from, let to):
            """
            table "\(table)": column "\(column)" is \(from) in the database and \(to) in the workspace; \
            make it \(from) again, or add a column with another name
            """
        case .duplicates(let columns):
            """
            table "\(table)": the unique index on \(columns.joined(separator: ", ")) cannot be made, for some records \
            are equal there; change these records, or make the index a plain btree
            """
        case .unreadable:
            "the database does not know its tables any more; restore it from a backup"
        }
    }
}
