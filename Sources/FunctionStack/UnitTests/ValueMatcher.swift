import Values

/// What an `expect` asks of a value.
enum ValueMatcher: String, Sendable, CaseIterable {
    case equal = "to_equal", notEqual = "to_not_equal"
    case isTrue = "to_be_true", isFalse = "to_be_false"
    case isNull = "to_be_null", isNotNull = "to_not_be_null"
    case isDefined = "to_be_defined", isNotDefined = "to_not_be_defined"
    case isEmpty = "to_be_empty", isNotEmpty = "to_not_be_empty"
    case greaterThan = "to_be_greater_than", lessThan = "to_be_less_than"
    case greaterThanOrEqual = "to_be_greater_than_or_equal", lessThanOrEqual = "to_be_less_than_or_equal"
    case within = "to_be_within"
    case startsWith = "to_start_with", endsWith = "to_end_with"
    case contains = "to_contain", notContains = "to_not_contain"
    case matches = "to_match"
    case past = "to_be_in_the_past", future = "to_be_in_the_future"

    /// Attributes that it needs.
    var arguments: [String] {
        switch self {
        case .equal, .notEqual, .greaterThan, .lessThan, .greaterThanOrEqual, .lessThanOrEqual, .startsWith,
            .endsWith, .contains, .notContains, .matches:
            ["value"]
        case .within: ["min", "max"]
        default: []
        }
    }

    func isMet(by actual: Value, _ arguments: [Value], _ run: Run) throws -> Bool {
        let expected = arguments.first ?? .null
        switch self {
        case .equal: return actual.isExpected(expected)
        case .notEqual: return !actual.isExpected(expected)
        case .isTrue: return actual == .boolean(true)
        case .isFalse: return actual == .boolean(false)
        case .isNull, .isNotDefined: return actual == .null
        case .isNotNull, .isDefined: return actual != .null
        case .isEmpty: return actual.isEmpty
        case .isNotEmpty: return !actual.isEmpty
        case .greaterThan: return actual.compareLoosely(expected) == .greater
        case .lessThan: return actual.compareLoosely(expected) == .less
        case .greaterThanOrEqual: return [.greater, .equal].contains(actual.compareLoosely(expected))
        case .lessThanOrEqual: return [.less, .equal].contains(actual.compareLoosely(expected))
        case .within:
            return actual.compareLoosely(expected) != .less && actual.compareLoosely(arguments[1]) != .greater
        case .startsWith: return actual.text.hasPrefix(expected.text)
        case .endsWith: return actual.text.hasSuffix(expected.text)
        case .contains: return Self.contains(actual, expected)
        case .notContains: return !Self.contains(actual, expected)
        case .matches: return try Self.matches(actual.text, expected.text, run)
        case .past: return try Self.moment(actual, run) < run.effects.clock()
        case .future: return try Self.moment(actual, run) > run.effects.clock()
        }
    }

    private static func contains(_ whole: Value, _ part: Value) -> Bool {
        switch whole {
        case .array(let items): items.contains { $0.isExpected(part) }
        case .object(let object): object.contains(part.text) || object.values.contains { $0.isExpected(part) }
        default: whole.text.contains(part.text)
        }
    }

    private static func matches(_ text: Text, _ pattern: Text, _ run: Run) throws -> Bool {
        let source = pattern.hasPrefix("/") ? pattern : InputFilterTable.delimited(pattern)
        return try RegularExpression(source).firstMatch(in: text, budget: run.budget) != nil
    }

    private static func moment(_ value: Value, _ run: Run) throws -> Int64 {
        if case .integer(let moment) = value { return moment }
        guard case .plain(let parse)? = FilterTable.standard["to_timestamp"]?.implementation else { return 0 }
        return try parse(value, FilterArguments(), run.filters).integer(for: "a time")
    }
}

extension Value {
    /// The same value; numbers are the same whether they are kept as integers or as decimals.
    fileprivate func isExpected(_ expected: Value) -> Bool {
        switch (self, expected) {
        case (.integer, .decimal), (.decimal, .integer): return compareLoosely(expected) == .equal
        case (.array(let items), .array(let others)):
            return items.count == others.count && zip(items, others).allSatisfy { $0.isExpected($1) }
        case (.object(let object), .object(let other)):
            return object.count == other.count
                && object.allSatisfy { entry in other[entry.key].map { entry.value.isExpected($0) } ?? false }
        default: return self == expected
        }
    }
}
