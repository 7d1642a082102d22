/// `… as $x|get:"id"`: once the statement has assigned its result, the variable takes what the filters make of it.
final class FilteredResultStatement: StatementNode {
    let statement: any StatementNode
    /// The variable with its filters.
    let value: any ExpressionNode
    let slot: Int

    init(_ statement: any StatementNode, value: any ExpressionNode, slot: Int) {
        self.statement = statement
        self.value = value
        self.slot = slot
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let flow = try statement.execute(&machine)
        guard flow == .next else { return flow }
        machine.set(slot, try value.evaluate(&machine))
        return flow
    }
}
