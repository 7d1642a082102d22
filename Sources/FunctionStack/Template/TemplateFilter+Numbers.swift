import Values

extension TemplateFilter {
    static let numberFilters: [TemplateFilter] = [
        TemplateFilter("abs") { input, _, _ in
            let number = try number(input, "abs")
            return number.decimal < 0 ? try Arithmetic.negate(number.value) : number.value
        },
        TemplateFilter("round", ["precision", "method"]) { input, arguments, _ in
            let places = arguments[0] == .null ? 0 : try arguments[0].index(for: "round")
            guard -400...400 ~= places else { throw StackError.mistake("round takes a precision from -400 to 400") }
            return try round(number(input, "round"), places: places, method: arguments.text(1, otherwise: "common"))
        },
        TemplateFilter("number_format", ["decimal", "decimal_point", "thousand_sep"]) { input, arguments, context in
            let places = arguments[0] == .null ? 0 : try arguments[0].index(for: "number_format")
            try context.budget.charge(bytes: max(places, 0))
            return try context.result(
                RoundingFilters.format(
                    number(input, "number_format"), places: places, point: arguments.text(1, otherwise: "."),
                    separator: arguments.text(2, otherwise: ",")))
        },
    ]

    /// Empty text is 0, as is null.
    private static func number(_ value: Value, _ filter: String) throws -> Number {
        if case .text(let text) = value, text.isEmpty { return .integer(0) }
        return try value.number(for: filter)
    }

    private static func round(_ number: Number, places: Int, method: Text) throws -> Value {
        if method == "common" { return RoundingFilters.round(number, places: places).value }
        guard method == "ceil" || method == "floor" else {
            throw StackError.mistake("round knows common, ceil and floor, not \(method)")
        }
        let rounded = RoundingFilters.round(number, places: places)
        let order = Number.compare(rounded, number)
        let step = try TemplateNumbers.power(10, .integer(Int64(-places)))
        switch (method == "ceil", order) {
        case (true, .less): return try Arithmetic.add(rounded.value, step)
        case (false, .greater): return try Arithmetic.subtract(rounded.value, step)
        default: return rounded.value
        }
    }
}
