import Values

/// A schema that a stack made, `{type: "object", properties: {…}}`, as `schema.parse` judges values by it.
struct ValueSchema {
    let rules: Object

    init(_ value: Value, for user: String) throws {
        guard case .object(let rules) = value else {
            throw StackError.wrongType(user, expected: "a schema that is an object", got: value)
        }
        self.rules = rules
    }

    /// A schema of these rules.
    init(_ rules: Object) { self.rules = rules }

    /// The value as the schema leaves it; nil for one that is not there and need not be.
    ///
    /// - Parameters:
    ///   - given: nil where there is none
    ///   - place: where it stands, for messages
    /// - Throws: `StackError` of kind `inputError`, with `field` and `value` in its payload.
    func parse(_ given: Value?, at place: String, _ machine: inout Machine) throws -> Value? {
        try machine.count()
        do {
            return try accept(given, place, &machine)
        } catch var error as StackError where error.kind == .inputError {
            if case .object(let payload) = error.payload, payload.contains("field") { throw error }
            if case .text(let message)? = rules["error_message"] { error.message = message }
            error.payload = ["param": .text(Text(place)), "field": .text(Text(place)), "value": given ?? .null]
            throw error
        }
    }

    private func accept(_ given: Value?, _ place: String, _ machine: inout Machine) throws -> Value? {
        switch given {
        case nil, .null?:
            if given != nil, isSet("nullable") { return .null }
            if let fallback = rules["default"], fallback != .null { return fallback }
            if isSet("required") { throw StackError.missing(place) }
            return nil
        case .text(let text)? where text.isEmpty && isSet("required"): throw StackError.missing(place)
        case let value?: return try convert(value, place, &machine)
        }
    }

    private func isSet(_ rule: Text) -> Bool { rules[rule]?.isTruthy ?? false }

    private func convert(_ value: Value, _ place: String, _ machine: inout Machine) throws -> Value {
        if let constant = rules["value"] {
            guard value.looselyEquals(constant), value.text == constant.text else {
                throw StackError.invalid(place, "Value is not \(constant.text)")
            }
            return constant
        }
        switch try typeName(place) {
        case "object": return .object(try object(value, place, &machine))
        case "array": return .array(try array(value, place, &machine))
        case let name: return try single(value, type(name, place), place, &machine)
        }
    }

    /// What is not said is seen from what else there is.
    private func typeName(_ place: String) throws -> String {
        if let name = rules["type"], name != .null { return name.text.string }
        if rules.contains("properties") { return "object" }
        if rules.contains("items") { return "array" }
        return rules.contains("values") ? "enum" : "json"
    }

    private func type(_ name: String, _ place: String) throws -> InputType {
        switch name {
        case "enum":
            guard case .array(let values)? = rules["values"] else {
                throw StackError.mistake("The schema of \(place) is an enum without values")
            }
            return .enum(values)
        case "text", "string": return .text
        case "int", "integer": return .int
        case "decimal", "number": return .decimal
        case "bool", "boolean": return .bool
        case "email": return .email
        case "password": return .password
        case "uuid": return .uuid
        case "timestamp", "epochms": return .timestamp
        case "date": return .date
        case "json", "any": return .json
        default: throw StackError.mistake("The schema of \(place) names a type that there is not: \(name)")
        }
    }

    // MARK: Parts

    private func object(_ value: Value, _ place: String, _ machine: inout Machine) throws -> Object {
        guard case .object(let given) = value else { throw StackError.invalid(place, "Value is not a valid object") }
        guard case .object(let properties)? = rules["properties"] else { return given }
        try machine.charge(entries: properties.count)
        var object = Object(capacity: properties.count)
        for (name, rules) in properties {
            let schema = try ValueSchema(rules, for: "schema.parse")
            object[name] = try schema.parse(given[name], at: Self.place(place, name.string), &machine)
        }
        return object
    }

    private func array(_ value: Value, _ place: String, _ machine: inout Machine) throws -> [Value] {
        guard case .array(let given) = value else { throw StackError.invalid(place, "Value is not a valid list") }
        try check(count: given.count, place)
        let use = InputFilterTable.Use(type: .json, isArray: true, arguments: [])
        for filter in try filters(use, place) { try filter.apply(count: given.count, place) }
        guard let items = rules["items"], items != .null else { return given }
        let schema = try ValueSchema(items, for: "schema.parse")
        try machine.charge(entries: given.count)
        var parsed: [Value] = []
        parsed.reserveCapacity(given.count)
        for (number, item) in given.enumerated() {
            parsed.append(try schema.parse(item, at: Self.place(place, String(number)), &machine) ?? .null)
        }
        if isSet("unique") {
            var seen: Set<Text> = []
            for item in parsed where !seen.insert(JSON.text(item)).inserted {
                throw StackError.invalid(place, "The list holds \(item.text) twice")
            }
        }
        return parsed
    }

    private func check(count: Int, _ place: String) throws {
        let least = try rules["min_items"].map { try $0.number(for: "min_items") } ?? .integer(0)
        let most = try rules["max_items"].map { try $0.number(for: "max_items") } ?? .integer(.max)
        let number = Number.integer(Int64(count))
        guard Number.compare(number, least) != .less, Number.compare(number, most) != .greater else {
            let bound = Number.compare(number, least) == .less ? "at least \(least.value.text)" : "at most \(most.value.text)"
            throw StackError.invalid(place, "The list has \(count) elements, it may have \(bound)")
        }
    }

    private func single(_ value: Value, _ type: InputType, _ place: String, _ machine: inout Machine) throws -> Value {
        var value = value
        let use = InputFilterTable.Use(type: type, isArray: false, arguments: [])
        for filter in try filters(use, place) { value = try filter.apply(value, place, machine.run.budget) }
        return try type.convert(value, isTextual: false, place, machine.run.filters)
    }

    /// `["trim", "min:3"]`, also as one text with `|`, and `pattern`.
    private func filters(_ use: InputFilterTable.Use, _ place: String) throws -> [InputFilter] {
        var named: [(name: String, argument: Text?)] = []
        switch rules["filters"] {
        case .array(let list)?: named = list.map { Self.filter($0.text.string) }
        case .text(let text)?: named = text.string.split(separator: "|").map { Self.filter(String($0)) }
        default: break
        }
        if case .text(let pattern)? = rules["pattern"] { named.append(("pattern", pattern)) }
        var allowed: Set<Character>?
        var filters: [InputFilter] = []
        for (name, argument) in named {
            var use = use
            use.arguments = argument.map { [.text($0)] } ?? []
            if let characters = InputFilterTable.whitelist(name, use.arguments) {
                allowed = (allowed ?? []).union(characters)
                continue
            }
            do {
                guard let filter = try InputFilterTable.filter(name, use) else {
                    throw InputFilterTable.Objection(message: "there is no such filter")
                }
                filters.append(filter)
            } catch let objection as InputFilterTable.Objection {
                throw StackError.mistake("The schema of \(place) has the filter \(name): \(objection.message)")
            }
        }
        if let allowed { filters.append(InputFilterTable.filter(allowing: allowed)) }
        return filters
    }

    private static func filter(_ text: String) -> (name: String, argument: Text?) {
        let parts = text.trimmedOfWhiteSpace.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), parts.count > 1 ? Text(String(parts[1])) : nil)
    }

    private static func place(_ outer: String, _ name: String) -> String { outer == "data" ? name : "\(outer).\(name)" }
}
