import Values

/// An operand of arithmetic or of a comparison. Variables and numbers, most of them, are read without a call.
enum Operand: Sendable {
    case slot(Int)
    case integer(Int64)
    case node(any ExpressionNode)

    init(_ node: any ExpressionNode) {
        if let slot = node as? SlotNode {
            self = .slot(slot.slot)
        } else if case .integer(let number)? = node.constant {
            self = .integer(number)
        } else {
            self = .node(node)
        }
    }

    @inline(__always)
    func evaluate(_ machine: inout Machine) throws -> Value {
        switch self {
        case .slot(let slot): machine.value(of: slot)
        case .integer(let number): .integer(number)
        case .node(let node): try node.evaluate(&machine)
        }
    }
}
