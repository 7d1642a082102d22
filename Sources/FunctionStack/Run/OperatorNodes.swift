import Values

/// `+`, `-`, `*`, `/`, `%`
final class ArithmeticNode: ExpressionNode {
    enum Operation: Sendable { case add, subtract, multiply, divide, remainder }

    let operation: Operation
    private let left: Operand
    private let right: Operand

    init(_ operation: Operation, _ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.operation = operation
        self.left = Operand(left)
        self.right = Operand(right)
    }

    @inline(__always)
    func evaluate(_ machine: inout Machine) throws -> Value {
        let left = try left.evaluate(&machine)
        let right = try right.evaluate(&machine)
        if case .integer(let left) = left, case .integer(let right) = right {
            switch operation {
            case .add:
                let (sum, overflow) = left.addingReportingOverflow(right)
                if !overflow { return .integer(sum) }
            case .subtract:
                let (difference, overflow) = left.subtractingReportingOverflow(right)
                if !overflow { return .integer(difference) }
            default: break
            }
        }
        return try combine(left, right)
    }

    @inline(never)
    private func combine(_ left: Value, _ right: Value) throws -> Value {
        switch operation {
        case .add: try Arithmetic.add(left, right)
        case .subtract: try Arithmetic.subtract(left, right)
        case .multiply: try Arithmetic.multiply(left, right)
        case .divide: try Arithmetic.divide(left, right)
        case .remainder: try Arithmetic.remainder(left, right)
        }
    }
}

/// `==`, `!=`, `===`, `!==`
final class EqualityNode: ExpressionNode {
    let isStrict: Bool
    let isNegated: Bool
    private let left: Operand
    private let right: Operand

    init(isStrict: Bool, isNegated: Bool, _ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.isStrict = isStrict
        self.isNegated = isNegated
        self.left = Operand(left)
        self.right = Operand(right)
    }

    @inline(__always)
    func condition(_ machine: inout Machine) throws -> Bool {
        let left = try left.evaluate(&machine)
        let right = try right.evaluate(&machine)
        try machine.checkComparison(left, right)
        return (isStrict ? left.isIdentical(to: right) : left.looselyEquals(right)) != isNegated
    }

    @inline(__always)
    func evaluate(_ machine: inout Machine) throws -> Value { .boolean(try condition(&machine)) }
}

/// `<`, `<=`, `>`, `>=`
final class OrderNode: ExpressionNode {
    enum Operation: Sendable { case less, lessOrEqual, greater, greaterOrEqual }

    let operation: Operation
    private let left: Operand
    private let right: Operand

    init(_ operation: Operation, _ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.operation = operation
        self.left = Operand(left)
        self.right = Operand(right)
    }

    @inline(__always)
    func condition(_ machine: inout Machine) throws -> Bool {
        let left = try left.evaluate(&machine)
        let right = try right.evaluate(&machine)
        if case .integer(let left) = left, case .integer(let right) = right {
            switch operation {
            case .less: return left < right
            case .lessOrEqual: return left <= right
            case .greater: return left > right
            case .greaterOrEqual: return left >= right
            }
        }
        try machine.checkComparison(left, right)
        let order = left.compareLoosely(right)
        switch operation {
        case .less: return order == .less
        case .lessOrEqual: return order == .less || order == .equal
        case .greater: return order == .greater
        case .greaterOrEqual: return order == .greater || order == .equal
        }
    }

    @inline(__always)
    func evaluate(_ machine: inout Machine) throws -> Value { .boolean(try condition(&machine)) }
}

/// `&&`: true or false, the right side only if the left is true.
final class AndNode: ExpressionNode {
    let left: any ExpressionNode
    let right: any ExpressionNode

    init(_ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.left = left
        self.right = right
    }

    func condition(_ machine: inout Machine) throws -> Bool {
        try left.condition(&machine) && right.condition(&machine)
    }

    func evaluate(_ machine: inout Machine) throws -> Value { .boolean(try condition(&machine)) }
}

/// `||`: the left side if it counts as true, else the right.
final class OrNode: ExpressionNode {
    let left: any ExpressionNode
    let right: any ExpressionNode

    init(_ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.left = left
        self.right = right
    }

    func condition(_ machine: inout Machine) throws -> Bool {
        try left.condition(&machine) || right.condition(&machine)
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let value = try left.evaluate(&machine)
        return value.isTruthy ? value : try right.evaluate(&machine)
    }
}

/// `??`: the left side unless it is null.
final class CoalesceNode: ExpressionNode {
    let left: any ExpressionNode
    let right: any ExpressionNode

    init(_ left: any ExpressionNode, _ right: any ExpressionNode) {
        self.left = left
        self.right = right
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let value = try left.evaluate(&machine)
        if case .null = value { return try right.evaluate(&machine) }
        return value
    }
}

/// `!`
final class NotNode: ExpressionNode {
    let operand: any ExpressionNode

    init(_ operand: any ExpressionNode) { self.operand = operand }

    func condition(_ machine: inout Machine) throws -> Bool { try !operand.condition(&machine) }
    func evaluate(_ machine: inout Machine) throws -> Value { .boolean(try condition(&machine)) }
}

/// `-`
final class NegativeNode: ExpressionNode {
    let operand: any ExpressionNode

    init(_ operand: any ExpressionNode) { self.operand = operand }

    func evaluate(_ machine: inout Machine) throws -> Value { try Arithmetic.negate(operand.evaluate(&machine)) }
}

/// `condition ? first : second`
final class ConditionalNode: ExpressionNode {
    let test: any ExpressionNode
    let first: any ExpressionNode
    let second: any ExpressionNode

    init(_ test: any ExpressionNode, _ first: any ExpressionNode, _ second: any ExpressionNode) {
        self.test = test
        self.first = first
        self.second = second
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        try test.condition(&machine) ? first.evaluate(&machine) : second.evaluate(&machine)
    }
}

/// `a ~ b ~ c`, all at once: one text; of arrays one array.
final class ConcatenationNode: ExpressionNode {
    let parts: [any ExpressionNode]

    init(_ parts: [any ExpressionNode]) { self.parts = parts }

    func evaluate(_ machine: inout Machine) throws -> Value {
        // The first part last: it may be moved out of its variable, where it grows in place.
        var others: [Value] = []
        others.reserveCapacity(parts.count - 1)
        for part in parts[1...] { others.append(try part.evaluate(&machine)) }
        var first = try parts[0].evaluate(&machine)
        let isTaken = parts[0] is TakingSlotNode
        if others.allSatisfy(\.isArray), first.isArray {
            let added = others.reduce(0) { $0 + $1.entryCount }
            try machine.charge(entries: added + (isTaken ? 0 : first.entryCount))
            _ = first.updateArray { items in
                for case .array(let more) in others { items.append(contentsOf: more) }
            }
            return first
        }
        return try joined(consume first, others, isTaken, &machine)
    }

    private func joined(
        _ first: consuming Value, _ others: [Value], _ isTaken: Bool, _ machine: inout Machine
    ) throws -> Value {
        let texts = others.map(\.text)
        let added = texts.reduce(0) { $0 + $1.byteCount }
        var result = first.text
        first = .null
        try machine.charge(bytes: added + (isTaken ? 0 : result.byteCount))
        for text in texts { result.append(text) }
        return .text(result)
    }
}

/// `!int`, `!text` and the other casts.
final class CastNode: ExpressionNode {
    let operand: any ExpressionNode
    let convert: @Sendable (Value) throws -> Value

    init(_ operand: any ExpressionNode, _ convert: @escaping @Sendable (Value) throws -> Value) {
        self.operand = operand
        self.convert = convert
    }

    func evaluate(_ machine: inout Machine) throws -> Value { try convert(operand.evaluate(&machine)) }
}
