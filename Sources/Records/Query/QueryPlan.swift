import FunctionStack
import Storage
import Synchronization
import Values

/// A query of a stack, prepared for SQL: its fields once, its statements once for each set of parameters that are
/// null and each order.
final class QueryPlan: Sendable {
    let query: RecordQuery
    let output: RecordOutput
    let fields: [QueryField]
    private let writer: QueryWriter
    private let variants = Mutex<[Key: Variant]>([:])
    private let selections = Mutex<[Nullness: BoundSQL]>([:])
    /// Whether the query is of a stack, and not of one run.
    private let isKept: Bool

    private struct Key: Hashable {
        let nulls: Nullness
        let order: [RecordQuery.Sort]?
    }

    /// A statement and what its parameters are.
    struct Variant: Sendable {
        /// Gives the rows; of a page or a single record its last two parameters are the limit and the offset.
        var rows: BoundSQL
        /// Gives the number of all rows.
        var count: BoundSQL
    }

    /// So many statements of one query are kept.
    private static let maximumVariants = 64

    init(_ query: RecordQuery, schema: WorkspaceSchema, isKept: Bool = true) throws(RecordProblem) {
        self.query = query
        self.isKept = isKept
        writer = try QueryWriter(query, schema: schema)
        output = RecordOutput(query.output)
        fields = try writer.fields(output: output)
    }

    /// The statements for these parameters.
    ///
    /// - Parameter order: as the caller asked at run time, nil for the query's own
    /// - Throws: `RecordProblem` for an order by something that is no field.
    func variant(_ parameters: [Value], order: [RecordQuery.Sort]?) throws(RecordProblem) -> Variant {
        let nulls = Nullness(of: parameters)
        let key = Key(nulls: nulls, order: order)
        if let variant = variants.withLock({ $0[key] }) { return variant }
        var variant = Variant(
            rows: try writer.rows(fields, nulls: nulls, order: order ?? query.sort),
            count: try writer.count(fields, nulls: nulls))
        variant.rows.isKept = isKept
        variant.count.isKept = isKept
        variants.withLock {
            if $0.count >= Self.maximumVariants { $0.removeAll(keepingCapacity: true) }
            $0[key] = variant
        }
        return variant
    }

    /// The statement that gives the rowids of the records that are selected, each once.
    func selection(_ parameters: [Value]) throws -> BoundSQL {
        let nulls = Nullness(of: parameters)
        if let selection = selections.withLock({ $0[nulls] }) { return selection }
        do throws(RecordProblem) {
            var selection = try writer.rowids(nulls: nulls)
            selection.isKept = isKept
            selections.withLock {
                if $0.count >= Self.maximumVariants { $0.removeAll(keepingCapacity: true) }
                $0[nulls] = selection
            }
            return selection
        } catch {
            throw error.stackError
        }
    }
}

/// A statement, what its first parameters are, and the functions it calls.
struct BoundSQL: Sendable {
    let sql: SQL
    let bindings: [Binding]
    let functions: [SQLFunction]
    /// Whether it is run again and again, so that a connection finds what it prepared without hashing the text.
    var isKept = true

    init(_ text: String, _ writer: ConditionWriter) {
        sql = SQL(text)
        bindings = writer.bindings
        functions = Array(writer.functions)
    }
}
