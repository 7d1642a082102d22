import FunctionStack
import Records
import Storage
import Values

/// The tables and the cache for a run on a worker's thread.
///
/// What a statement writes is a job of its own on the writer's thread, and committed when the statement ends. What it
/// reads it reads elsewhere, and sees what was committed.
final class JobRecords: RecordStore {
    private let store: Store
    private let plans: RecordPlans
    private let durability: Storage.Durability
    private let limits: RunLimits
    /// When the run has to end.
    private let end: Int64
    /// While a transaction of the run is under way: its tables, on the writer's thread.
    private var inside: Records?

    init(_ store: Store, _ plans: RecordPlans, durability: Storage.Durability, limits: RunLimits) {
        self.store = store
        self.plans = plans
        self.durability = durability
        self.limits = limits
        end = limits.end
    }

    // MARK: Jobs

    private static func records(_ connection: Connection, _ plans: RecordPlans, _ limits: RunLimits) -> Records {
        let records = Records(connection, plans, clock: Clock.now, randomBytes: RandomBytes.make)
        records.maximumResult = limits.memory
        return records
    }

    private func write<Result: Sendable>(_ body: @escaping @Sendable (Records) throws -> Result) throws -> Result {
        if let inside { return try body(inside) }
        return try interruptible {
            try store.writer.perform(durability) { [plans, limits, end] connection in
                try connection.bounding(until: end) { try body(Self.records(connection, plans, limits)) }
            }
        }
    }

    private func read<Value>(_ body: (Records) throws -> Value) throws -> Value {
        if let inside { return try body(inside) }
        return try interruptible {
            try store.readers.read { connection in
                // A stack's own mistake is no reason to give the connection up.
                Result { try connection.bounding(until: end) { try body(Self.records(connection, plans, limits)) } }
                    .flatMapError { error in error is DatabaseError ? .failure(StorageFailure(error: error)) : .failure(error) }
            }.get()
        }
    }

    private struct StorageFailure: Error {
        let error: any Error
    }

    /// Only the time of the run ends a statement of SQL halfway.
    private func interruptible<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            let cause = (error as? StorageFailure)?.error ?? error
            guard (cause as? DatabaseError)?.isInterrupt == true else { throw cause }
            throw StackError(.bound("time"), "The run was stopped in a statement of the database that took too long")
        }
    }

    // MARK: Transactions

    func transaction(_ body: (WriterShare?) throws -> Void) throws {
        if let inside { return try inside.transaction(body) }
        let attempts = Attempts()
        let failure: (any Error)?
        do {
            failure = try withoutActuallyEscaping(body) { body in
                try HandedOver<(Connection) throws -> (any Error)?>.lend({ try self.attempt(body, attempts, $0) }) { handed in
                    try store.writer.perform(durability) { connection in try handed.body?(connection) ?? nil }
                }
            }
        } catch {
            failure = (error as? DatabaseError)?.isInterrupt == true ? attempts.interruption : error
        }
        if let failure { throw failure }
    }

    /// What is known of a transaction when its job itself was lost.
    private final class Attempts {
        var share: WriterShare?

        var interruption: StackError {
            if share?.isExceeded == true { return JobRecords.transactionTooLong }
            return StackError(.bound("time"), "The run was stopped in a statement of the database that took too long")
        }
    }

    /// Runs the transaction's body once, on the writer's thread. An error of the stack is given back and not thrown, for
    /// what outlives it is committed: uses of rate limits.
    private func attempt(
        _ body: (WriterShare?) throws -> Void, _ attempts: Attempts, _ connection: Connection
    ) throws -> (any Error)? {
        let share = WriterShare.ofTransaction()
        attempts.share = share
        let records = Self.records(connection, plans, limits)
        inside = records
        defer { inside = nil }
        do {
            try connection.bounding(until: end, share) { try records.transaction { _ in try body(share) } }
            return nil
        } catch {
            if connection.lostTransaction != nil { throw error }
            if share.isExceeded { return Self.transactionTooLong }
            if error is DatabaseError { throw error }
            return error
        }
    }

    private static var transactionTooLong: StackError {
        StackError(
            .bound("transaction"),
            "A db.transaction was undone because it held up everybody else who writes for too long; take out of it what need not be in it, or do it in parts")
    }
}

// MARK: Statements

extension JobRecords {
    func add(_ table: String, data: Object) throws -> Value {
        try write { try $0.add(table, data: data) }
    }

    func get(_ table: String, field: String, value: Value, output: [String]?) throws -> Value {
        try read { try $0.get(table, field: field, value: value, output: output) }
    }

    func has(_ table: String, field: String, value: Value) throws -> Bool {
        try read { try $0.has(table, field: field, value: value) }
    }

    func edit(_ table: String, field: String, value: Value, data: Object) throws -> Value {
        try write { try $0.edit(table, field: field, value: value, data: data) }
    }

    func addOrEdit(_ table: String, field: String, value: Value, data: Object) throws -> Value {
        try write { try $0.addOrEdit(table, field: field, value: value, data: data) }
    }

    func delete(_ table: String, field: String, value: Value) throws {
        try write { try $0.delete(table, field: field, value: value) }
    }

    func bulkAdd(_ table: String, items: [Value]) throws -> Value {
        try write { try $0.bulkAdd(table, items: items) }
    }

    func bulkUpdate(_ table: String, items: [Value]) throws -> Value {
        try write { try $0.bulkUpdate(table, items: items) }
    }

    func bulkUpdate(_ query: RecordQuery, parameters: [Value], data: Object) throws -> Int64 {
        try write { try $0.bulkUpdate(query, parameters: parameters, data: data) }
    }

    func bulkDelete(_ query: RecordQuery, parameters: [Value]) throws -> Int64 {
        try write { try $0.bulkDelete(query, parameters: parameters) }
    }

    func truncate(_ table: String, reset: Bool) throws {
        try write { try $0.truncate(table, reset: reset) }
    }

    func query(_ query: RecordQuery, parameters: [Value]) throws -> Value {
        try read { try $0.query(query, parameters: parameters) }
    }

    func directQuery(_ statement: DirectStatement) throws -> Value {
        if statement.mayWrite { return try write { try $0.directQuery(statement) } }
        return try read { try $0.directQuery(statement) }
    }

    func tokenKey() throws -> [UInt8] { try write { try $0.tokenKey() } }

    func cached(_ key: Text) throws -> Value {
        try read { try $0.cached(key) }
    }

    func isCached(_ key: Text) throws -> Bool {
        try read { try $0.isCached(key) }
    }

    func cache(_ key: Text, value: Value, seconds: Int64?) throws {
        try write { try $0.cache(key, value: value, seconds: seconds) }
    }

    func changeCached(_ key: Text, _ change: (Value) throws -> Value) throws {
        try withoutActuallyEscaping(change) { change in
            try HandedOver<(Value) throws -> Value>.lend(change) { handed in
                try write { records in
                    try records.changeCached(key) { value in try handed.body?(value) ?? value }
                }
            }
        }
    }

    func uncache(_ key: Text) throws {
        try write { try $0.uncache(key) }
    }

    func cachedKeys(matching pattern: Text) throws -> [Text] {
        try read { try $0.cachedKeys(matching: pattern) }
    }

    func count(_ key: Text, by step: Int64) throws -> Int64 {
        try write { try $0.count(key, by: step) }
    }

    func withinRate(_ key: Text, maximum: Int64, seconds: Int64) throws -> (allowed: Bool, count: Int64) {
        try write { try $0.withinRate(key, maximum: maximum, seconds: seconds) }
    }
}
