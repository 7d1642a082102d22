import Values

/// Filters that read, write and move times.
enum TimeFilters {
    static let definitions: [FilterDefinition] = [
        reading("to_timestamp", "to_epochms", unit: 1),
        reading("to_ms", "to_epoch_ms", unit: 1),
        reading("to_seconds", "to_epoch_sec", unit: 1_000),
        reading("to_minutes", "to_epoch_minute", unit: 60_000),
        reading("to_hours", "to_epoch_hour", unit: 3_600_000),
        reading("to_days", "to_epoch_day", unit: 86_400_000),
        .plain("parse_timestamp", "epochms_from_format", arguments: 1...2, isPure: false) { input, arguments, context in
            let text = try input.textOperand("parse_timestamp")
            let format = try arguments[0].textOperand("parse_timestamp")
            let zone = try Zone.named(arguments[1], for: "parse_timestamp")
            guard let time = DateFormat.milliseconds(text, format: format, now: context.clock(), zone: zone) else {
                throw StackError(
                    .inputError,
                    Text("parse_timestamp cannot read \(shown(text)) by the format \(shown(format))"))
            }
            return .integer(time)
        },
        .plain("format_timestamp", "epochms_date", arguments: 1...2, isPure: false) { input, arguments, context in
            let format = try arguments[0].textOperand("format_timestamp")
            let zone = try Zone.named(arguments[1], for: "format_timestamp")
            let time = try time(input, "format_timestamp", context, zone)
            try context.budget.charge(bytes: format.byteCount * 4)
            return try context.result(DateFormat.text(time, format: format, zone: zone))
        },
        .plain("transform_timestamp", "epochms_transform", arguments: 1...2, isPure: false) { input, arguments, context in
            let change = try arguments[0].textOperand("transform_timestamp")
            let zone = try Zone.named(arguments[1], for: "transform_timestamp")
            let time = try time(input, "transform_timestamp", context, zone)
            guard let moved = DatePhrase(change)?.milliseconds(now: time, zone: zone) else {
                throw StackError.mistake(
                    "transform_timestamp does not understand \(shown(change)); write it like -7 days or first day of next month")
            }
            return .integer(moved)
        },
        adding("add_secs_to_timestamp", "epochms_add_secs", unit: 1_000),
        adding("add_ms_to_timestamp", "epochms_add_ms", unit: 1),
    ]

    /// The time that a filter's input is. A number is one, text is read.
    ///
    /// - Throws: `StackError` for anything else.
    static func time(_ value: Value, _ filter: String, _ context: FilterContext, _ zone: Zone = .utc) throws -> Int64 {
        if let time = Timestamp.milliseconds(of: value, now: context.clock(), zone: zone) { return time }
        switch value {
        case .text(let text):
            throw StackError(
                .inputError,
                Text("\(filter) cannot read \(shown(text)) as a time; it takes milliseconds, ISO 8601 or words as in +1 day"))
        case .integer, .decimal: throw StackError(.inputError, Text("\(filter): the time is out of range"))
        default: throw StackError.wrongType(filter, expected: "a timestamp or text", got: value)
        }
    }

    /// - Throws: `StackError` if the sum is beyond the times that can be.
    static func checked(_ time: Int64, plus milliseconds: Int64, _ filter: String) throws -> Value {
        let (sum, overflow) = time.addingReportingOverflow(milliseconds)
        guard !overflow, Timestamp.range.contains(sum) else { throw StackError.overflow(filter) }
        return .integer(sum)
    }

    static func shown(_ text: Text) -> String {
        let string = text.string
        return "\"" + (string.count > 60 ? string.prefix(60) + "…" : string) + "\""
    }

    /// Units since 1970, begun ones before it counting down.
    private static func reading(_ name: String, _ alias: String, unit: Int) -> FilterDefinition {
        .plain(name, alias, arguments: 0...1, isPure: false) { input, arguments, context in
            if case .null = input { return .null }
            let zone = try Zone.named(arguments[0], for: name)
            return .integer(Int64(Int(try time(input, name, context, zone)).dividedDown(by: unit).quotient))
        }
    }

    private static func adding(_ name: String, _ alias: String, unit: Int64) -> FilterDefinition {
        .plain(name, alias, arguments: 1...1, isPure: false) { input, arguments, context in
            let (amount, overflow) = try arguments[0].toInteger().multipliedReportingOverflow(by: unit)
            guard !overflow else { throw StackError.overflow(name) }
            return try checked(time(input, name, context), plus: amount, name)
        }
    }
}
