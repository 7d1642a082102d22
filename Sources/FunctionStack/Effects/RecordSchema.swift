package import Values
package import XanoScript

/// What the lowering of a stack asks about a workspace's tables, long before there is a store.
///
/// `Records` implements it.
package protocol RecordSchema: Sendable {
    /// The columns of a table in their order, or nil if the workspace has no such table.
    func columns(of table: String) -> [String]?
    /// Why a table cannot be used: the workspace has none of that name, or one that is not supported.
    func problem(ofTable table: String) -> RecordProblem?
    /// What is wrong with giving a value to a column of a record: it cannot be stored (`unsupported`), or it is left
    /// out because the table has no such column (`name`).
    func problem(ofWriting column: String, to table: String) -> RecordProblem?
    /// The columns of a table that hold passwords, by themselves or inside an object.
    func passwordColumns(of table: String) -> [String]
    /// A record's data with its passwords hashed, as they are kept. The store would do so as well; but it takes long, and
    /// the store's thread serves all.
    func hashingPasswords(_ data: Object, of table: String, _ context: FilterContext) throws -> Object
    /// Why the store could not run this query (an unknown table or column, a filter that SQL has not), or nil.
    func problem(of query: RecordQuery) -> RecordProblem?
}

/// What is wrong with a query; the lowering knows where it stands.
package struct RecordProblem: Error, Sendable, Equatable {
    package var kind: Diagnostic.Kind
    /// One sentence without a full stop.
    package var message: String
    package var remedy: String?

    package init(_ kind: Diagnostic.Kind, _ message: String, remedy: String? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }
}
