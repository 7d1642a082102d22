import Values

/// Filters that take a timestamp apart or move it by calendar units.
enum TimestampPartFilters {
    static let definitions: [FilterDefinition] =
        [
            part("timestamp_year") { $0.year }, part("timestamp_month") { $0.month },
            part("timestamp_week") { $0.isoWeek.week }, part("timestamp_day_of_month") { $0.day },
            part("timestamp_day_of_week") { $0.weekday }, part("timestamp_day_of_year") { $0.dayOfYear },
            part("timestamp_hour") { $0.hour }, part("timestamp_minute") { $0.minute },
            epoch("timestamp_epoch_day", unit: 86_400_000), epoch("timestamp_epoch_hour", unit: 3_600_000),
            epoch("timestamp_epoch_minute", unit: 60_000),
            epoch("timestamp_epoch_sec", "timestamp_epoch_seconds", unit: 1_000), epoch("timestamp_epoch_ms", unit: 1),
        ]
        + moves("add", sign: 1) + moves("subtract", sign: -1)

    private static func moves(_ verb: String, sign: Int64) -> [FilterDefinition] {
        [
            elapsed("timestamp_\(verb)_seconds", unit: sign * 1_000),
            elapsed("timestamp_\(verb)_minutes", unit: sign * 60_000),
            elapsed("timestamp_\(verb)_hours", unit: sign * 3_600_000),
            elapsed("timestamp_\(verb)_days", unit: sign * 86_400_000),
            calendar("timestamp_\(verb)_months", months: sign),
            calendar("timestamp_\(verb)_years", months: sign * 12),
        ]
    }

    private static func part(_ name: String, _ part: @escaping @Sendable (CivilTime) -> Int) -> FilterDefinition {
        .plain(name, arguments: 0...1, isPure: false) { input, arguments, context in
            let zone = try Zone.named(arguments[0], for: name)
            let time = try TimeFilters.time(input, name, context, zone)
            return .integer(Int64(part(zone.civilTime(at: Int(time).dividedDown(by: 1_000).quotient))))
        }
    }

    private static func epoch(_ name: String, _ aliases: String..., unit: Int) -> FilterDefinition {
        FilterDefinition(
            name: name, aliases: aliases, arity: 0...1,
            implementation: .plain { input, _, context in
                .integer(Int64(Int(try TimeFilters.time(input, name, context)).dividedDown(by: unit).quotient))
            }, isPure: false)
    }

    /// Without an argument, by one.
    private static func elapsed(_ name: String, unit: Int64) -> FilterDefinition {
        .plain(name, arguments: 0...1, isPure: false) { input, arguments, context in
            let amount = arguments.count > 0 ? try arguments[0].toInteger() : 1
            let (product, overflow) = amount.multipliedReportingOverflow(by: unit)
            guard !overflow else { throw StackError.overflow(name) }
            return try TimeFilters.checked(TimeFilters.time(input, name, context), plus: product, name)
        }
    }

    /// By months of UTC's calendar; a day that the month does not have becomes its last one, as in the database.
    private static func calendar(_ name: String, months: Int64) -> FilterDefinition {
        .plain(name, arguments: 0...1, isPure: false) { input, arguments, context in
            let amount = arguments.count > 0 ? try arguments[0].toInteger() : 1
            let time = try TimeFilters.time(input, name, context)
            guard -8_000_000...8_000_000 ~= amount else { throw StackError.overflow(name) }
            let (seconds, thousandths) = Int(time).dividedDown(by: 1_000)
            var civil = CivilTime(secondsSince1970: seconds)
            let day = civil.day
            civil.day = 1
            civil.month += Int(amount * months)
            civil = civil.normalized
            civil.day = min(day, civil.daysInMonth)
            return try TimeFilters.checked(Int64(civil.secondsSince1970) * 1_000, plus: Int64(thousandths), name)
        }
    }
}
