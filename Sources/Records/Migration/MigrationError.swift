/// Why the tables of a workspace cannot be brought to what its files say. Nothing was changed.
package struct MigrationError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// The database has the table, the workspace no longer.
        case tableRemoved
        case columnRemoved(String)
        case typeChanged(column: String, from: String, to: String)
        /// `id` is of another type: no record could be found by its id any more.
        case keyChanged(from: String, to: String)
        /// A new unique index over columns that hold equal values.
        case duplicates(columns: [String])
        /// What the database remembers of its tables cannot be read.
        case unreadable
        /// Values would be lost while another process serves the database.
        case inUse
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
            put its file back, or let them go with postern migrate --allow-drop
            """
        case .columnRemoved(let column):
            """
            table "\(table)": the database has a column "\(column)" that the workspace has not, and its values would \
            be lost; put the column back (a column with a new name is another column), or let them go with \
            postern migrate --allow-drop
            """
        case .typeChanged(let column, let from, let to):
            """
            table "\(table)": column "\(column)" is \(from) in the database and \(to) in the workspace; \
            make it \(from) again, add a column with another name, or convert the values with postern migrate --allow-drop
            """
        case .keyChanged(let from, let to):
            """
            table "\(table)": its id is \(from) in the database and \(to) in the workspace, and what names its records \
            would find none of them; make it \(from) again, or make a new table
            """
        case .duplicates(let columns):
            """
            table "\(table)": the unique index on \(columns.joined(separator: ", ")) cannot be made, for some records \
            are equal there; change these records, or make the index a plain btree
            """
        case .unreadable:
            "the database does not know its tables any more; restore it from a backup"
        case .inUse:
            """
            another process uses the database, and would go on as if nothing had changed; stop it (requests wait where \
            systemd holds the socket), then run this again
            """
        }
    }
}
