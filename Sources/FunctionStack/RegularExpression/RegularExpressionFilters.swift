import Values

/// The `regex_` filters. The pattern is the input, the text an argument; what comes out is what PHP's functions give.
enum RegularExpressionFilters {
    static let definitions: [FilterDefinition] = [
        .plain("regex_matches", "regex_test", arguments: 1...1, matches),
        .plain("regex_get_first_match", "regex_match", arguments: 1...1, firstMatch),
        .plain("regex_get_all_matches", "regex_match_all", arguments: 1...1, allMatches),
        .plain("regex_replace", arguments: 2...2, replace),
        .plain("regex_quote", arguments: 0...1, quote),
    ]

    private static func matches(
        _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Value {
        let (expression, subject) = try operands("regex_matches", input, arguments[0])
        return .boolean(try expression.firstMatch(in: subject, budget: context.budget) != nil)
    }

    private static func firstMatch(
        _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Value {
        let (expression, subject) = try operands("regex_get_first_match", input, arguments[0])
        guard let match = try expression.firstMatch(in: subject, budget: context.budget) else { return .array([]) }
        let last = match.ranges.lastIndex { $0 != nil } ?? 0
        let groups = match.ranges[...last].map { Value.text($0.map { subject.slice($0) } ?? Text()) }
        try context.budget.charge(bytes: subject.byteCount)
        return groupsAsValue(groups, expression)
    }

    /// For each group all that it matched, as PHP's `PREG_PATTERN_ORDER`.
    private static func allMatches(
        _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Value {
        let (expression, subject) = try operands("regex_get_all_matches", input, arguments[0])
        var groups = [[Value]](repeating: [], count: expression.groupCount + 1)
        try expression.forEachMatch(in: subject, budget: context.budget) { match in
            try context.chargeElements(match.ranges.count)
            for (group, range) in match.ranges.enumerated() {
                let text = range.map { subject.slice($0) } ?? Text()
                try context.budget.charge(bytes: text.byteCount)
                groups[group].append(.text(text))
            }
            return true
        }
        guard groups.first?.isEmpty == false else { return .array([]) }
        return groupsAsValue(groups.map { .array($0) }, expression)
    }

    private static func replace(
        _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Value {
        let (expression, subject) = try operands("regex_replace", input, arguments[1])
        let replacement = RegularExpressionReplacement(try arguments[0].textOperand("regex_replace"))
        return try context.result(
            replacement.apply(expression, to: subject, budget: context.budget))
    }

    private static func quote(
        _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
    ) throws -> Value {
        let delimiter = try arguments[0].textOperand("regex_quote").bytes.first
        let special = Array(".\\+*?[^]$(){}=!<>|:-#".utf8)
        var quoted: [UInt8] = []
        for byte in try input.textOperand("regex_quote").bytes {
            if byte == 0 {
                quoted.append(contentsOf: "\\000".utf8)
                continue
            }
            if special.contains(byte) || byte == delimiter { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return try context.result(Text(bytes: quoted))
    }

    private static func operands(
        _ filter: String, _ pattern: Value, _ subject: Value
    ) throws -> (RegularExpression, Text) {
        guard case .text(let source) = pattern else {
            throw StackError.wrongType(
                filter, expected: "a pattern as its input", got: pattern, remedy: #"write "/pattern/"|\#(filter):$text"#)
        }
        return (try RegularExpressionCache.shared.expression(source), try subject.textOperand(filter))
    }

    /// The groups as an array; with names, as PHP does, an object that holds a named group under its name and number.
    private static func groupsAsValue(_ groups: [Value], _ expression: RegularExpression) -> Value {
        guard !expression.groupNames.isEmpty else { return .array(groups) }
        var object = Object()
        for (number, group) in groups.enumerated() {
            for named in expression.groupNames where named.number == number { object[named.name] = group }
            object[Integer.text(Int64(number))] = group
        }
        return .object(object)
    }
}
