import FunctionStack
import Storage
import Synchronization

/// Everything about a workspace's tables that does not depend on a connection: made once when the workspace is
/// loaded, and shared by every run on every thread. The statements in it are prepared once by each connection.
package final class RecordPlans: Sendable {
    package let schema: WorkspaceSchema
    private let tables: [String: TablePlan]
    /// A plan holds its query, so no other query can have its identity.
    private let queries = Mutex<[ObjectIdentifier: QueryPlan]>([:])

    package init(_ schema: WorkspaceSchema) {
        self.schema = schema
        tables = schema.tables.mapValues { TablePlan($0) }
    }

    /// - Throws: `StackError` if there is no such table.
    func table(_ name: String) throws -> TablePlan {
        if let plan = tables[name] { return plan }
        do throws(RecordProblem) {
            _ = try schema.table(name)
        } catch {
            throw error.stackError
        }
        throw StackError.mistake("There is no table \"\(name)\"")
    }

    /// - Throws: `StackError` if the store cannot run the query.
    func plan(_ query: RecordQuery) throws -> QueryPlan {
        let identity = ObjectIdentifier(query)
        if let plan = queries.withLock({ $0[identity] }) { return plan }
        do throws(RecordProblem) {
            let plan = try QueryPlan(query, schema: schema)
            queries.withLock { $0[identity] = plan }
            return plan
        } catch {
            throw error.stackError
        }
    }
}

extension RecordProblem {
    /// The problem where only a run meets it.
    var stackError: StackError {
        StackError.mistake(remedy.map { "\(message); \($0)" } ?? message)
    }
}
