import Values

/// An expression as it is run: names resolved, constants folded.
protocol ExpressionNode: AnyObject, Sendable {
    func evaluate(_ machine: inout Machine) throws -> Value
    /// Whether the value counts as true.
    func condition(_ machine: inout Machine) throws -> Bool
    /// The value, if it is known at load.
    var constant: Value? { get }
}

extension ExpressionNode {
    func condition(_ machine: inout Machine) throws -> Bool { try evaluate(&machine).isTruthy }
    var constant: Value? { nil }
}

final class ConstantNode: ExpressionNode {
    let value: Value
    private let isTrue: Bool

    init(_ value: Value) {
        self.value = value
        isTrue = value.isTruthy
    }

    func evaluate(_ machine: inout Machine) -> Value { value }
    func condition(_ machine: inout Machine) -> Bool { isTrue }
    var constant: Value? { value }
}

/// `$x`, `$input`, `$$`
final class SlotNode: ExpressionNode {
    let slot: Int

    init(_ slot: Int) { self.slot = slot }

    func evaluate(_ machine: inout Machine) -> Value { machine.value(of: slot) }
}

/// The same variable where nothing else needs its value any more: it is moved out, and so can be changed in place.
final class TakingSlotNode: ExpressionNode {
    let slot: Int
    /// Inside a `try` a variable may be taken only by what can't fail afterwards.
    private let isSafe: @Sendable (borrowing Value) -> Bool

    init(_ slot: Int, isSafe: @escaping @Sendable (borrowing Value) -> Bool) {
        self.slot = slot
        self.isSafe = isSafe
    }

    func evaluate(_ machine: inout Machine) -> Value {
        if machine.update(slot, { isSafe($0) }) { machine.take(slot) } else { machine.value(of: slot) }
    }
}

/// `now`
final class ClockNode: ExpressionNode {
    func evaluate(_ machine: inout Machine) -> Value { .integer(machine.run.effects.clock()) }
}
