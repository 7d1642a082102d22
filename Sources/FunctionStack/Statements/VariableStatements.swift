import Values
import XanoScript

/// `var` and `var.update`
enum VariableStatements {
    static let definitions = [
        StatementDefinition("var", subject: .target, attributes: [.required("value")], lower: assignment),
        StatementDefinition("var.update", subject: .target, attributes: [.required("value")], lower: assignment),
    ]

    private static func assignment(_ use: StatementUse) -> (any StatementNode)? {
        guard let expression = use["value"] else { return nil }
        if let accumulation = accumulation(use, expression) { return accumulation }
        let value = use.lowering.lower(expression, taking: taking(use, expression))
        guard let target = use.target else { return nil }
        if target.path.isEmpty { return SetStatement(slot: target.slot, value: value) }
        return SetPathStatement(target: target, value: value)
    }

    /// `var.update $n { value = $n + 1 }`
    private static func accumulation(_ use: StatementUse, _ value: Expression) -> (any StatementNode)? {
        guard case .target(let target)? = use.statement.subject, case .variable(let name) = target.kind,
            case .binary(let symbol, let left, let right) = value.kind, case .variable(name) = left.kind
        else { return nil }
        let operation: AccumulateStatement.Operation
        switch symbol.kind {
        case .add: operation = .add
        case .subtract: operation = .subtract
        default: return nil
        }
        let operand = use.lowering.lower(right)
        _ = use.lowering.read(name, left.range)
        return AccumulateStatement(use.lowering.scope.slot(assigning: name), operation, operand)
    }

    /// The assigned variable itself, if its old value is needed once, at the beginning of the new one.
    private static func taking(_ use: StatementUse, _ value: Expression) -> RoutineLowering.Taking? {
        guard case .target(let target)? = use.statement.subject, case .variable(let name) = target.kind,
            value.uses(of: name) == 1
        else { return nil }
        if use.lowering.tries == 0 { return RoutineLowering.Taking(name: name) { _ in true } }
        // Inside a try the old value has to be there still if the new one can't be made.
        switch value.kind {
        case .filter(let base, let filter):
            guard case .variable = base.kind else { return nil }
            switch filter.name {
            case "push", "array_push", "append":
                return RoutineLowering.Taking(name: name) { if case .array = $0 { true } else { false } }
            default: return nil
            }
        case .binary(let symbol, let left, _) where symbol.kind == .concatenate && left.beginsConcatenation(with: name):
            return RoutineLowering.Taking(name: name) { if case .text = $0 { true } else { false } }
        default: return nil
        }
    }
}

extension Expression {
    /// `$name ~ … ~ …`
    fileprivate func beginsConcatenation(with name: String) -> Bool {
        switch kind {
        case .variable(let other): other == name
        case .binary(let symbol, let left, _): symbol.kind == .concatenate && left.beginsConcatenation(with: name)
        default: false
        }
    }
}

/// `var $x { value = … }`
final class SetStatement: StatementNode {
    let slot: Int
    let value: any ExpressionNode

    init(slot: Int, value: any ExpressionNode) {
        self.slot = slot
        self.value = value
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        machine.set(slot, try value.evaluate(&machine))
        return .next
    }
}

/// `var.update $x.path { value = … }`
final class SetPathStatement: StatementNode {
    let target: Assignment
    let value: any ExpressionNode

    init(target: Assignment, value: any ExpressionNode) {
        self.target = target
        self.value = value
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        try target.assign(try value.evaluate(&machine), &machine)
        return .next
    }
}

/// A statement that gives a value, and leaves it in the variable after `as`.
final class ResultStatement: StatementNode {
    let resultSlot: Int?
    let evaluate: @Sendable (inout Machine) throws -> Value

    init(resultSlot: Int?, _ evaluate: @escaping @Sendable (inout Machine) throws -> Value) {
        self.resultSlot = resultSlot
        self.evaluate = evaluate
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let value = try evaluate(&machine)
        if let resultSlot { machine.set(resultSlot, value) }
        return .next
    }
}

/// A variable that a number is added to or taken away from.
final class AccumulateStatement: StatementNode {
    enum Operation: Sendable { case add, subtract }

    let slot: Int
    let operation: Operation
    let operand: Operand

    init(_ slot: Int, _ operation: Operation, _ operand: any ExpressionNode) {
        self.slot = slot
        self.operation = operation
        self.operand = Operand(operand)
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        let operand = try operand.evaluate(&machine)
        if case .integer(let old) = machine.value(of: slot), case .integer(let number) = operand {
            let (new, overflow) =
                operation == .add
                ? old.addingReportingOverflow(number) : old.subtractingReportingOverflow(number)
            if !overflow {
                machine.set(slot, .integer(new))
                return .next
            }
        }
        try combine(operand, &machine)
        return .next
    }

    @inline(never)
    private func combine(_ operand: Value, _ machine: inout Machine) throws {
        let old = machine.value(of: slot)
        machine.set(
            slot, try operation == .add ? Arithmetic.add(old, operand) : Arithmetic.subtract(old, operand))
    }
}
