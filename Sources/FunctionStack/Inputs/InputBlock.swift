import Values

/// The `input` block of a routine: what a caller has to send, checked before the stack begins.
final class InputBlock: Sendable {
    let fields: [InputField]

    init(_ fields: [InputField]) { self.fields = fields }

    /// The inputs as the stack sees them: every declared one, and nothing else.
    ///
    /// - Throws: `StackError` of kind `inputError`.
    func accept(_ given: GivenInput, _ machine: inout Machine) throws -> Object {
        try accept(given, path: "", &machine)
    }

    fileprivate func accept(_ given: GivenInput, path: String, _ machine: inout Machine) throws -> Object {
        try machine.charge(entries: fields.count)
        var accepted = Object(capacity: fields.count)
        for field in fields {
            let (value, isTextual) = given[field.name]
            accepted[field.name] = try field.accept(value, isTextual: isTextual, path: path, &machine)
        }
        return accepted
    }
}

/// One declared input.
final class InputField: Sendable {
    let name: Text
    let type: InputType
    let isArray: Bool
    let counts: ClosedRange<Int>
    let isNullable: Bool
    let isOptional: Bool
    let defaultValue: (any ExpressionNode)?
    /// Those for single values, run before the type's check.
    let filters: [InputFilter]
    /// Of an `object`.
    let children: InputBlock?

    init(
        name: Text, type: InputType, isArray: Bool, counts: ClosedRange<Int>, isNullable: Bool, isOptional: Bool,
        defaultValue: (any ExpressionNode)?, filters: [InputFilter], children: InputBlock?
    ) {
        self.name = name
        self.type = type
        self.isArray = isArray
        self.counts = counts
        self.isNullable = isNullable
        self.isOptional = isOptional
        self.defaultValue = defaultValue
        self.filters = filters
        self.children = children
    }

    func accept(_ given: Value?, isTextual: Bool, path: String, _ machine: inout Machine) throws -> Value {
        guard let given else {
            let place = place(in: path)
            if let defaultValue { return try check(defaultValue.evaluate(&machine), false, place, &machine) }
            guard isOptional else { throw StackError.missing(place) }
            return .null
        }
        if case .null = given {
            guard isNullable || isOptional else { throw StackError.missing(place(in: path)) }
            return .null
        }
        let place = place(in: path)
        if !isOptional, case .text(let text) = given, text.isEmpty, refusesEmptyText { throw StackError.missing(place) }
        return try check(given, isTextual, place, &machine)
    }

    /// A required text is not empty. What else may be null takes an empty field of a form for it.
    private var refusesEmptyText: Bool {
        type.refusesEmptyText && (!isNullable || type.keepsEmptyText)
    }

    private func place(in path: String) -> String { path.isEmpty ? name.string : "\(path).\(name.string)" }

    private func check(_ value: Value, _ isTextual: Bool, _ place: String, _ machine: inout Machine) throws -> Value {
        guard isArray else { return try checkOne(value, isTextual, place, &machine) }
        let items = try list(value, isTextual, place)
        guard counts.contains(items.count) else {
            let wanted =
                counts.upperBound == .max
                ? "at least \(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw StackError.invalid(place, "The list has \(items.count) elements, not \(wanted)")
        }
        for filter in filters { try filter.apply(count: items.count, place) }
        try machine.charge(entries: items.count)
        return .array(try items.map { try checkOne($0, isTextual, place, &machine) })
    }

    private func checkOne(_ value: Value, _ isTextual: Bool, _ place: String, _ machine: inout Machine) throws -> Value {
        if case .null = value { return .null }
        if isTextual, isOptional || isNullable, !type.keepsEmptyText, case .text(let text) = value, text.isEmpty {
            return .null
        }
        var value = value
        for filter in filters { value = try filter.apply(value, place, machine.run.budget) }
        if let children {
            guard case .object(let object) = try type.object(value, isTextual, place) else {
                throw StackError.invalid(place, "Value is not a valid object")
            }
            return .object(try children.accept(GivenInput(object), path: place, &machine))
        }
        return try type.convert(value, isTextual: isTextual, place, machine.run.filters)
    }

    /// A list; in a form and in a query string also one in JSON, or a single element.
    private func list(_ value: Value, _ isTextual: Bool, _ place: String) throws -> [Value] {
        switch value {
        case .array(let items): return items
        case .text(let text) where isTextual:
            if text.isEmpty { return [] }
            if case .array(let items)? = try? JSON.parse(text) { return items }
            return [value]
        default: throw StackError.invalid(place, "Value is not a valid list")
        }
    }
}

extension StackError {
    static func missing(_ place: String) -> StackError {
        StackError(.inputError, Text("Missing param: \(place)"), payload: ["param": .text(place)])
    }

    static func invalid(_ place: String, _ message: String) -> StackError {
        StackError(.inputError, Text(message), payload: ["param": .text(place)])
    }
}
