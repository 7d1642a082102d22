package import FunctionStack
package import Storage
import Values

/// The tables and the cache of a workspace on one connection, for one run.
///
/// Cheap to make: what costs is in `RecordPlans` and in the connection's prepared statements. It works in whatever
/// transaction the connection is in; the caller commits, or undoes.
///
/// A use of a rate limit is counted also if the run is undone: after undoing, the caller calls `keepRateUses`.
package final class Records: RecordStore {
    let connection: Connection
    let plans: RecordPlans
    let clock: () -> Int64
    let randomBytes: (Int) -> [UInt8]
    /// For the filters of columns. Their work is bounded by the values', and by the steps of SQL.
    private(set) lazy var context = FilterContext(
        clock: clock, random: SystemRandomNumberGenerator(), budget: Budget(maximumSteps: .max, maximumBytes: .max))
    private(set) var rateUses: [RateUse] = []
    /// The most bytes, by estimate, that the records of one query may take.
    package var maximumResult = RunLimits().memory

    /// - Parameters:
    ///   - connection: prepared with `ownTables`, its tables brought up to date by `WorkspaceSchema.migrate`
    ///   - clock: the run's time in milliseconds since the epoch, UTC
    ///   - randomBytes: so many unpredictable bytes, for new uuids
    package init(
        _ connection: Connection, _ plans: RecordPlans, clock: @escaping () -> Int64,
        randomBytes: @escaping (Int) -> [UInt8]
    ) {
        self.connection = connection
        self.plans = plans
        self.clock = clock
        self.randomBytes = randomBytes
    }

    package func transaction(_ body: (WriterShare?) throws -> Void) throws {
        let before = rateUses.count
        do {
            try connection.savepoint { try body(nil) }
        } catch {
            // What the savepoint undid counts all the same.
            if connection.lostTransaction == nil { for use in rateUses[before...] { try recount(use) } }
            throw error
        }
    }

    func note(_ use: RateUse) {
        rateUses.append(use)
    }

    /// Counts the run's uses of rate limits anew, after everything that it wrote was undone.
    package func keepRateUses() throws {
        for use in rateUses { try recount(use) }
    }

    // MARK: Errors

    /// Runs statements of a table, and turns what is the author's or caller's fault into a `StackError`.
    func run<Result>(on table: RecordTable, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error, table)
        }
    }

    func translated(_ error: DatabaseError, _ table: RecordTable?) -> any Error {
        if let cause = error.cause { return cause }
        if error.isInterrupt, connection.lostTransaction == nil {
            return StackError(.bound("time"), "The run was stopped in a statement of the database that took too long")
        }
        if error.message == "integer overflow" { return StackError.overflow("the query") }
        guard error.isUniqueConstraint else { return error }
        let columns = table.flatMap { $0.columns(inMessage: error.message) } ?? []
        return StackError(
            .fatal(name: nil), "Duplicate record detected. Please check whether a similar record already exists.",
            payload: columns.isEmpty ? .null : ["param": .text(columns.joined(separator: ", "))])
    }
}

extension RecordTable {
    /// The columns of the unique index that SQLite's message is about.
    fileprivate func columns(inMessage message: String) -> [String]? {
        let unique = [["id"]] + indexes.filter(\.isUnique).map { $0.fields.map(\.column) }
        return unique.first { columns in
            message.hasSuffix(": " + columns.map { "\(name).\($0)" }.joined(separator: ", "))
        }
    }
}
