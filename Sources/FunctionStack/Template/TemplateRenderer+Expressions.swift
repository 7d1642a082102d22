import Values

extension TemplateRenderer {
    mutating func evaluate(_ expression: TemplateExpression) throws -> Value {
        try context.budget.charge(steps: 1)
        switch expression {
        case .constant(let value): return value
        case .variable(let name): return variable(name) ?? .null
        case .stackVariable(let name): return stackVariable(name) ?? .null
        case .attribute(let base, let key): return try member(of: base, key) ?? .null
        case .slice(let base, let start, let end): return try slice(base, start, end)
        case .array(let elements):
            let values = try elements.map { try evaluate($0) }
            for value in values { try context.admit(value) }
            return try context.result(values)
        case .object(let entries): return try object(entries)
        case .not(let operand): return .boolean(!(try evaluate(operand).isTruthy))
        case .negative(let operand): return try Arithmetic.negate(evaluate(operand))
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        case .conditional(let test, let first, let second):
            return try evaluate(test).isTruthy ? evaluate(first) : evaluate(second)
        case .either(let first, let second):
            let value = try evaluate(first)
            return value.isTruthy ? value : try evaluate(second)
        case .filter(let filter, let input, let arguments):
            return try filter.apply(evaluate(input), arguments.map { try $0.map { try evaluate($0) } ?? .null }, context)
        case .arrowFilter(let filter, let input, let arrow, let initial):
            return try apply(filter, evaluate(input), arrow, initial: initial.map { try evaluate($0) } ?? .null)
        case .function(let function, let arguments):
            return try function.call(arguments.map { try evaluate($0) }, context)
        case .test(let test, let operand, let arguments):
            return .boolean(try evaluate(test, operand, arguments))
        }
    }

    /// The member, nil if there is none.
    private mutating func member(of base: TemplateExpression, _ key: TemplateExpression) throws -> Value? {
        let base = try evaluate(base)
        let key = try evaluate(key)
        switch base {
        case .object(let object): return object[TemplateText.text(key)]
        case .array(let items):
            guard let position = Integer.parse(key.text), position >= 0, position < items.count else { return nil }
            return items[Int(position)]
        default: return nil
        }
    }

    private mutating func slice(
        _ base: TemplateExpression, _ start: TemplateExpression?, _ length: TemplateExpression?
    ) throws -> Value {
        let value = try evaluate(base)
        let start = try start.map { try evaluate($0).index(for: "a slice") } ?? 0
        let length = try length.map { try evaluate($0).index(for: "a slice") }
        return try TemplateFilter.slice(value, start: start, length: length, context)
    }

    private mutating func object(
        _ entries: [(key: TemplateExpression, value: TemplateExpression)]
    ) throws -> Value {
        var object = Object(capacity: entries.count)
        for (key, value) in entries {
            let value = try evaluate(value)
            try context.admit(value)
            object[TemplateText.text(try evaluate(key))] = value
        }
        try context.chargeElements(entries.count)
        return .object(object)
    }

    private mutating func binary(
        _ operation: TemplateOperator, _ left: TemplateExpression, _ right: TemplateExpression
    ) throws -> Value {
        let first = try evaluate(left)
        switch operation {
        case .or: return .boolean(try first.isTruthy || evaluate(right).isTruthy)
        case .and: return .boolean(try first.isTruthy && evaluate(right).isTruthy)
        case .coalesce: return first == .null ? try evaluate(right) : first
        default: return try Self.binary(operation, first, evaluate(right), context)
        }
    }

    private static func binary(
        _ operation: TemplateOperator, _ left: Value, _ right: Value, _ context: FilterContext
    ) throws -> Value {
        switch operation {
        case .or, .and, .coalesce: return .null
        case .xor: return .boolean(left.isTruthy != right.isTruthy)
        case .bitOr: return try Arithmetic.bitwiseOr(left, right)
        case .bitXor: return try Arithmetic.bitwiseXor(left, right)
        case .bitAnd: return try Arithmetic.bitwiseAnd(left, right)
        case .add: return try Arithmetic.add(left, right)
        case .subtract: return try Arithmetic.subtract(left, right)
        case .multiply: return try Arithmetic.multiply(left, right)
        case .divide: return try Arithmetic.divide(left, right)
        case .remainder: return try Arithmetic.remainder(left, right)
        case .floorDivide: return try TemplateNumbers.floor(Arithmetic.divide(left, right))
        case .power: return try TemplateNumbers.power(left, right)
        case .concatenate:
            var text = TemplateText.text(left)
            text.append(TemplateText.text(right))
            return try context.result(text)
        case .range: return try TemplateNumbers.range(left, right, step: 1, context)
        case .ordering:
            let order = left.compareLoosely(right)
            return order == .less ? -1 : order == .equal ? 0 : 1
        default: return .boolean(try holds(operation, left, right, context))
        }
    }

    /// The operators that compare.
    private static func holds(
        _ operation: TemplateOperator, _ left: Value, _ right: Value, _ context: FilterContext
    ) throws -> Bool {
        switch operation {
        case .equal: left.looselyEquals(right)
        case .notEqual: !left.looselyEquals(right)
        case .identical: left.isIdentical(to: right)
        case .notIdentical: !left.isIdentical(to: right)
        case .less: left.compareLoosely(right) == .less
        case .lessOrEqual: [.less, .equal].contains(left.compareLoosely(right))
        case .greater: left.compareLoosely(right) == .greater
        case .greaterOrEqual: [.greater, .equal].contains(left.compareLoosely(right))
        case .contained: try contains(right, left, context)
        case .notContained: try !contains(right, left, context)
        // Of texts only, as in Twig.
        case .startsWith: if case (.text(let whole), .text(let part)) = (left, right) { whole.hasPrefix(part) } else { false }
        case .endsWith: if case (.text(let whole), .text(let part)) = (left, right) { whole.hasSuffix(part) } else { false }
        case .matches:
            try RegularExpressionCache.shared.expression(right.textOperand("matches"))
                .firstMatch(in: left.textOperand("matches"), budget: context.budget) != nil
        default: false
        }
    }

    private static func contains(_ whole: Value, _ part: Value, _ context: FilterContext) throws -> Bool {
        switch whole {
        case .array(let items):
            try context.budget.charge(steps: items.count)
            return items.contains { $0.looselyEquals(part) }
        case .object(let object):
            try context.budget.charge(steps: object.count)
            return object.contains { $0.value.looselyEquals(part) }
        case .null: return false
        default: return !part.isNullOrCollection && whole.text.contains(part.text)
        }
    }

    private mutating func evaluate(
        _ test: TemplateTest, _ operand: TemplateExpression, _ arguments: [TemplateExpression]
    ) throws -> Bool {
        switch test {
        case .defined: return try isDefined(operand)
        case .null, .none: return try evaluate(operand) == .null
        case .empty:
            let value = try evaluate(operand)
            // Unlike in conditions, 0 and "0" are something.
            return switch value {
            case .integer, .decimal: false
            case .text(let text): text.isEmpty
            default: value.isEmpty
            }
        case .even: return try evaluate(operand).integer(for: "even") % 2 == 0
        case .odd: return try evaluate(operand).integer(for: "odd") % 2 != 0
        case .iterable: return try evaluate(operand).isCollection
        case .sequence: if case .array = try evaluate(operand) { return true } else { return false }
        case .mapping: if case .object = try evaluate(operand) { return true } else { return false }
        case .sameAs: return try evaluate(operand) == evaluate(arguments[0])
        case .divisibleBy:
            return try Arithmetic.remainder(evaluate(operand), evaluate(arguments[0])) == 0
        }
    }

    private mutating func isDefined(_ expression: TemplateExpression) throws -> Bool {
        switch expression {
        case .variable(let name): variable(name) != nil
        case .stackVariable(let name): stackVariable(name) != nil
        case .attribute(let base, let key): try member(of: base, key) != nil
        case .function(.attribute, let arguments): try member(of: arguments[0], arguments[1]) != nil
        default: true
        }
    }

    /// The elements with their keys or indexes.
    private func keyed(_ input: Value, _ filter: String) throws -> [(key: Value, value: Value)] {
        if case .object(let object) = input { return object.map { (.text($0.key), $0.value) } }
        return try input.elements(filter).enumerated().map { (.integer(Int64($0)), $1) }
    }

    private mutating func apply(
        _ filter: TemplateArrowFilter, _ input: Value, _ arrow: TemplateArrow, initial: Value
    ) throws -> Value {
        let before = locals
        defer { locals = before }
        func call(_ renderer: inout TemplateRenderer, _ values: Value...) throws -> Value {
            for (name, value) in zip(arrow.parameters, values) { renderer.locals[name] = value }
            return try renderer.evaluate(arrow.body)
        }
        switch (filter, input) {
        case (.reduce, _):
            return try keyed(input, "reduce").reduce(initial) { try call(&self, $0, $1.value, $1.key) }
        case (.find, _):
            return try keyed(input, "find").first { try call(&self, $0.value, $0.key).isTruthy }?.value ?? .null
        case (.sort, _):
            var elements = try input.elements("sort")
            try context.chargeElements(elements.count)
            try elements.sort { try call(&self, $0, $1).integer(for: "sort") < 0 }
            return .array(elements)
        case (.map, .object(let object)):
            return .object(Object(try object.map { ($0.key, try call(&self, $0.value, .text($0.key))) }))
        case (.filter, .object(let object)):
            return .object(Object(try object.filter { try call(&self, $0.value, .text($0.key)).isTruthy }))
        case (.map, _):
            return try context.result(
                input.elements("map").enumerated().map { try call(&self, $1, .integer(Int64($0))) })
        case (.filter, _):
            return try context.result(
                input.elements("filter").enumerated().filter { try call(&self, $1, .integer(Int64($0))).isTruthy }
                    .map(\.element))
        }
    }
}

extension Value {
    var isCollection: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    fileprivate var isNullOrCollection: Bool { self == .null || isCollection }
}

/// Filters whose argument is an arrow function.
enum TemplateArrowFilter: String, Sendable {
    case map, filter, reduce, sort, find
}
