package import Values

/// The tables and the cache that a stack reads and writes.
///
/// `Records` implements it over SQLite, all within the transaction of its run. For a run on a worker's thread `Intake`
/// implements it so that what each statement writes is committed before the next one begins. It is used by one run at
/// a time, on one thread. Every function throws
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
    /// `db.bulk.add`: stores the records in one go, or none of them; gives them back whole.
    func bulkAdd(_ table: String, items: [Value]) throws -> Value
    /// `db.bulk.update`, `db.bulk.patch` with a list: each item names its record by `id`; gives the records as they
    /// are afterwards. One that is not found is an error, and then nothing is changed.
    func bulkUpdate(_ table: String, items: [Value]) throws -> Value
    /// `db.bulk.update`, `db.bulk.patch` with a `where`: changes every record that the query's condition and joins
    /// select; gives their number.
    func bulkUpdate(_ query: RecordQuery, parameters: [Value], data: Object) throws -> Int64
    /// `db.bulk.delete`: deletes every record that the query's condition and joins select; gives their number.
    func bulkDelete(_ query: RecordQuery, parameters: [Value]) throws -> Int64
    /// `db.truncate`: deletes all records of a table; with `reset` the ids begin at 1 again.
    func truncate(_ table: String, reset: Bool) throws
    /// `db.query`. Parameters are the values of what `query` numbers.
    func query(_ query: RecordQuery, parameters: [Value]) throws -> Value
    /// `db.direct_query`: the rows, or the first one, or null.
    func directQuery(_ statement: DirectStatement) throws -> Value
    /// `db.transaction`, and the attempt of anything that must be undone when it throws.
    ///
    /// The body may run on another thread, while this one waits, and once more if what it wrote was lost through no
    /// fault of its own. It is given the share of the writer's thread that it may take, if that is another one than the
    /// run's.
    func transaction(_ body: (WriterShare?) throws -> Void) throws

    /// The key of the tokens of signed-in users (`AuthToken`), made when it is first asked for.
    func tokenKey() throws -> [UInt8]

    /// `redis.get`: null when missing or expired.
    func cached(_ key: Text) throws -> Value
    /// `redis.has`: also true of a key whose value is null.
    func isCached(_ key: Text) throws -> Bool
    /// `redis.set`; seconds until it expires, nil for never.
    func cache(_ key: Text, value: Value, seconds: Int64?) throws
    /// `redis.push`, `pop`, `shift`, `unshift`, `remove`: replaces a value by what `change` makes of it (null when
    /// missing or expired), and keeps the time at which it expires. A result of null removes the key. As with
    /// `transaction`, `change` may run on another thread, and more than once.
    func changeCached(_ key: Text, _ change: (Value) throws -> Value) throws
    /// `redis.del`
    func uncache(_ key: Text) throws
    /// `redis.keys`: the keys that match a pattern of Redis (`*`, `?`, `[a-z]`, `\` before a literal), in order.
    func cachedKeys(matching pattern: Text) throws -> [Text]
    /// `redis.incr`, `redis.decr` (negative): the new number.
    func count(_ key: Text, by step: Int64) throws -> Int64
    /// `redis.ratelimit`: counts one use; true while at most `maximum` fell into the last `seconds`. The use stays
    /// counted when the run is undone.
    func withinRate(_ key: Text, maximum: Int64, seconds: Int64) throws -> (allowed: Bool, count: Int64)
}

/// A statement in SQL of the stack's author.
package struct DirectStatement: Sendable {
    /// With a `?` for each argument.
    package var sql: String
    package var arguments: [Value]
    /// Whether it may change rows.
    package var mayWrite: Bool
    /// Whether it gives its first row, and not all.
    package var isSingle: Bool

    package init(sql: String, arguments: [Value], mayWrite: Bool, isSingle: Bool) {
        self.sql = sql
        self.arguments = arguments
        self.mayWrite = mayWrite
        self.isSingle = isSingle
    }
}

/// A `db.query` as it was lowered at load. Its parts name columns and numbered parameters, no values, so that a
/// `RecordStore` can prepare it once and keep what it prepared by the query's identity.
package final class RecordQuery: Sendable {
    package enum Result: Sendable { case list, single, count, exists, stream, aggregate }
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

    package struct Sort: Sendable, Hashable {
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
    /// Of an aggregate: what rows have in common that become one, and what is computed of them.
    package let groups: [(name: String, condition: Condition)]
    package let aggregates: [(name: String, condition: Condition)]
    package let sort: [Sort]
    /// The parameter that gives the sort order at run time (`override_sort = $input.sort`), if it is computed: an
    /// object `{field: "asc"}`, a list of `{sortBy, orderBy}`, or null for that of `sort`. A field that the schema
    /// does not know is an input error.
    package let sortParameter: Int?
    /// The parameter that gives a further condition at run time (`additional_where = $input.search`), in the form of
    /// Xano's external filters: `{expression: [{statement: {left, op, right}}]}`, or null for none. What is not of
    /// that form, or names what the schema does not know, is an input error.
    package let conditionParameter: Int?
    package let result: Result
    /// `distinct: "yes"`: equal rows count as one.
    package let isDistinct: Bool
    package let paging: Paging?
    /// Fields to give as they were written (`items.id` where the result is an envelope), nil for all.
    package let output: [String]?
    package let parameterCount: Int

    package init(
        table: String, condition: Condition?, joins: [Join] = [], evaluated: [(name: String, condition: Condition)] = [],
        groups: [(name: String, condition: Condition)] = [], aggregates: [(name: String, condition: Condition)] = [],
        sort: [Sort] = [], sortParameter: Int? = nil, conditionParameter: Int? = nil, result: Result = .list,
        isDistinct: Bool = false,
        paging: Paging? = nil, output: [String]? = nil, parameterCount: Int
    ) {
        self.table = table
        self.condition = condition
        self.joins = joins
        self.evaluated = evaluated
        self.groups = groups
        self.aggregates = aggregates
        self.sort = sort
        self.sortParameter = sortParameter
        self.conditionParameter = conditionParameter
        self.result = result
        self.isDistinct = isDistinct
        self.paging = paging
        self.output = output
        self.parameterCount = parameterCount
    }

    /// The same query with a further condition, whose parameters follow those of the query.
    package func adding(_ further: Condition, parameterCount furtherCount: Int) -> RecordQuery {
        RecordQuery(
            table: table, condition: condition.map { .and($0, further) } ?? further, joins: joins, evaluated: evaluated,
            groups: groups, aggregates: aggregates, sort: sort, sortParameter: sortParameter, result: result,
            isDistinct: isDistinct, paging: paging, output: output, parameterCount: parameterCount + furtherCount)
    }

    /// An expression over columns.
    package indirect enum Condition: Sendable {
        /// A column of the table or of a join's alias, and a path inside it if it holds JSON.
        case column(table: String, name: String, path: [String])
        case parameter(Int)
        case not(Condition)
        case and(Condition, Condition)
        case or(Condition, Condition)
        /// A comparison; with `ignoresNull` it is true when its right side is null. The right side of `between` is
        /// a list of two, or a parameter that holds one. Equality with null is true of nothing but null, as
        /// `IS NULL` in SQL; every other comparison with null is true of nothing.
        case comparison(Comparison, Condition, Condition, ignoresNull: Bool)
        case arithmetic(Arithmetic, Condition, Condition)
        /// `$db.x.name|to_lower`; in an aggregate also `$db.x.price|sum`.
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
