import Values

/// `left ==? right` outside a `where`: true if the right side is null.
final class NullIgnoringNode: ExpressionNode {
    /// Has the right side in the slot.
    let comparison: any ExpressionNode
    let right: any ExpressionNode
    let slot: Int

    init(_ comparison: any ExpressionNode, right: any ExpressionNode, slot: Int) {
        self.comparison = comparison
        self.right = right
        self.slot = slot
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let value = try right.evaluate(&machine)
        if value == .null { return .boolean(true) }
        machine.set(slot, value)
        return try comparison.evaluate(&machine)
    }
}
