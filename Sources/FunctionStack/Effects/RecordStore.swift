package import Values

/// The tables and the cache that a stack reads and writes, all within the transaction of its run.
///
/// `Records` implements it over SQLite. It is used by one run at a time, on one thread. Every function throws
/// `StackError` for what the stack's author or caller did wrong (an unknown column, a duplicate of a unique index)
/// and lets errors of the storage itself (full disk, lock) pass through as they are: they end the run and are
/// no business of a `try_catch`.
package protocol RecordStore: AnyObject {
    /// `db.add`: stores one record, defaults and filters applied, and gives it back whole.
    func add(_ table: String, data: Object) throws -> Value
    /// `db.get`: the first record, or null.
    func get(_ table: String, field: String, value: Value, output: [String]?) throws -> Value
    /// `db.has`
    func has(_ table: String, field: String, value: Value) throws -> Bool
    /// `db.edit` and `db.patch`: the record as it is afterwards; not found is an error.
    func edit(_ table: String, field: String, value: Value, data: Object) throws -> Value
    /// `db.add_or_edit`
    func addOrEdit(_ table: String, field: String, value: Value, data: Object) throws -> Value
    /// `db.del`: no record is no error.
    func delete(_ table: String, field: String, value: Value) throws
    /// `db.bulk.update`, `db.bulk.patch`: each item names its record by `id`; gives the records as they are afterwards.
    func bulkUpdate(_ table: String, items: [Value]) throws -> Value
    /// `db.query`. Parameters are the values of what `query` numbers.
    func query(_ query: RecordQuery, parameters: [Value]) throws -> Value
    /// `db.transaction`, and the attempt of anything that must be undone when it throws.
    func transaction(_ body: () throws -> Void) throws

    /// `redis.get`: null when missing or expired.
    func cached(_ key: Text) throws -> Value
    /// `redis.set`; seconds until it expires, nil for never.
    func cache(_ key: Text, value: Value, seconds: Int64?) throws
    /// `redis.del`
    func uncache(_ key: Text) throws
    /// `redis.incr`, `redis.decr` (negative): the new number.
    func count(_ key: Text, by step: Int64) throws -> Int64
    /// `redis.ratelimit`: counts one use; true while at most `maximum` fell into the last `seconds`.
    func withinRate(_ key: Text, maximum: Int64, seconds: Int64) throws -> (allowed: Bool, count: Int64)
}

/// A `db.query` as it was lowered at load. Its parts name columns and numbered parameters, no values, so that a
/// `RecordStore` can prepare it once and keep what it prepared by the query's identity.
package final class RecordQuery: Sendable {
    package enum Result: Sendable { case list, single, count, exists, stream }
    package enum JoinKind: String, Sendable { case inner, left, right }

    package struct Join: Sendable {
        package var alias: String
        package var table: String
        package var kind: JoinKind
        package var condition: Condition?

        package init(alias: String, table: String, kind: JoinKind, condition: Condition?) {
            self.alias = alias
            self.table = table
            self.kind = kind
            self.condition = condition
        }
    }

    package struct Sort: Sendable {
        /// `name`, `table.name`, or an evaluated field.
        package enum Direction: Sendable { case ascending, descending, random }
        package var field: String
        package var direction: Direction

        package init(field: String, direction: Direction) {
            self.field = field
            self.direction = direction
        }
    }

    /// Numbers of the parameters that give the page (from 1), its size, and whether the totals and the
    /// envelope are wanted; nil where the query does not say.
    package struct Paging: Sendable {
        package var page: Int?
        package var perPage: Int?
        package var offset: Int?
        package var totals: Int?
        package var metadata: Int?

        package init() {}
    }

    package let table: String
    package let condition: Condition?
    package let joins: [Join]
    package let evaluated: [(name: String, condition: Condition)]
    package let sort: [Sort]
    /// The parameter that gives the sort order at run time (`sort = $input.sort`), if it is computed.
    package let sortParameter: Int?
    package let result: Result
    package let paging: Paging?
    /// Fields to give, nil for all.
    package let output: [String]?
    package let parameterCount: Int

    package init(
        table: String, condition: Condition?, joins: [Join] = [], evaluated: [(name: String, condition: Condition)] = [],
        sort: [Sort] = [], sortParameter: Int? = nil, result: Result = .list, paging: Paging? = nil,
        output: [String]? = nil, parameterCount: Int
    ) {
        self.table = table
        self.condition = condition
        self.joins = joins
        self.evaluated = evaluated
        self.sort = sort
        self.sortParameter = sortParameter
        self.result = result
        self.paging = paging
        self.output = output
        self.parameterCount = parameterCount
    }

    /// An expression over columns.
    package indirect enum Condition: Sendable {
        /// A column of the table or of a join's alias, and a path inside it if it holds JSON.
        case column(table: String, name: String, path: [String])
        case parameter(Int)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
        /// A comparison; with `ignoresNull` it is true when its right side is null.
        case comparison(Comparison, Condition, Condition, ignoresNull: Bool)
        case arithmetic(Arithmetic, Condition, Condition)
        /// `$db.x.name|to_lower`
        case filter(String, Condition, [Condition])
        case list([Condition])
    }

    package enum Comparison: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        case contained, notContained, between, notBetween
        /// An array holds a value; JSON holds JSON.
        case contains, notContains, jsonContains
        /// Text holds text, whatever the letter case.
        case includes, notIncludes
        case overlaps, notOverlaps
        case like, notLike, ilike, notIlike
        case matches, notMatches
    }

    package enum Arithmetic: Sendable { case add, subtract, multiply, divide, concatenate }
}
