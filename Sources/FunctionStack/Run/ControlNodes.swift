import Values

/// `conditional { if (…) {…} elseif (…) {…} else {…} }`
final class ConditionalStatement: StatementNode {
    let branches: [(test: any ExpressionNode, block: BlockNode)]
    let otherwise: BlockNode?

    init(branches: [(test: any ExpressionNode, block: BlockNode)], otherwise: BlockNode?) {
        self.branches = branches
        self.otherwise = otherwise
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        for branch in branches where try branch.test.condition(&machine) {
            return try branch.block.execute(&machine)
        }
        return try otherwise?.execute(&machine) ?? .next
    }
}

/// `switch (…) { case (…) {…} break default {…} }`: a case without `break` runs on into the next.
final class SwitchStatement: StatementNode {
    struct Case: Sendable {
        var value: any ExpressionNode
        var block: BlockNode
        var endsWithBreak: Bool
    }

    let subject: any ExpressionNode
    let cases: [Case]
    let otherwise: BlockNode?

    init(subject: any ExpressionNode, cases: [Case], otherwise: BlockNode?) {
        self.subject = subject
        self.cases = cases
        self.otherwise = otherwise
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let value = try subject.evaluate(&machine)
        var isInside = false
        for candidate in cases {
            if !isInside { isInside = try value.looselyEquals(candidate.value.evaluate(&machine)) }
            guard isInside else { continue }
            let flow = try candidate.block.execute(&machine)
            if case .break = flow { return .next }
            guard case .next = flow else { return flow }
            if candidate.endsWithBreak { return .next }
        }
        guard let otherwise else { return .next }
        let flow = try otherwise.execute(&machine)
        if case .break = flow { return .next }
        return flow
    }
}

/// `group { stack {…} }`
final class GroupStatement: StatementNode {
    let block: BlockNode

    init(_ block: BlockNode) { self.block = block }

    func execute(_ machine: inout Machine) throws -> Flow { try block.execute(&machine) }
}

/// `return`, `break`, `continue` and the like.
final class FlowStatement: StatementNode {
    let flow: Flow
    let value: (any ExpressionNode)?

    init(_ flow: Flow, value: (any ExpressionNode)? = nil) {
        self.flow = flow
        self.value = value
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        if let value { machine.returned = try value.evaluate(&machine) }
        return flow
    }
}

/// `try_catch { try {…} catch {…} finally {…} }`
final class TryStatement: StatementNode {
    let attempt: BlockNode
    let recovery: BlockNode?
    let cleanup: BlockNode?
    /// The variable of `$error`.
    let errorSlot: Int

    init(attempt: BlockNode, recovery: BlockNode?, cleanup: BlockNode?, errorSlot: Int) {
        self.attempt = attempt
        self.recovery = recovery
        self.cleanup = cleanup
        self.errorSlot = errorSlot
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        guard let cleanup else { return try attemptAndRecover(&machine) }
        let flow: Flow
        do {
            flow = try attemptAndRecover(&machine)
        } catch let error as StackError where error.isCatchable {
            let returned = machine.returned
            if case .next = try cleanup.execute(&machine) { throw error }
            machine.returned = returned
            throw error
        }
        let returned = machine.returned
        let last = try cleanup.execute(&machine)
        if case .next = last {
            machine.returned = returned
            return flow
        }
        return last
    }

    private func attemptAndRecover(_ machine: inout Machine) throws -> Flow {
        do {
            return try attempt.execute(&machine)
        } catch let error as StackError where error.isCatchable {
            machine.set(errorSlot, error.value)
            return try recovery?.execute(&machine) ?? .next
        }
    }
}

/// `precondition (…) { error_type = … error = … payload = … }`
final class PreconditionStatement: StatementNode {
    let test: any ExpressionNode
    let kind: any ExpressionNode
    let message: any ExpressionNode
    let payload: any ExpressionNode

    init(
        test: any ExpressionNode, kind: any ExpressionNode, message: any ExpressionNode, payload: any ExpressionNode
    ) {
        self.test = test
        self.kind = kind
        self.message = message
        self.payload = payload
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        if try test.condition(&machine) { return .next }
        let name = try kind.evaluate(&machine).text.string
        throw StackError(StackError.Kind(errorType: name) ?? .fatal(name: nil), try message.evaluate(&machine).text, payload: try payload.evaluate(&machine))
    }
}

/// `throw { name = … value = … }`
final class ThrowStatement: StatementNode {
    let name: any ExpressionNode
    let value: any ExpressionNode

    init(name: any ExpressionNode, value: any ExpressionNode) {
        self.name = name
        self.value = value
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let name = try name.evaluate(&machine).text.string
        let value = try value.evaluate(&machine)
        switch value {
        case .array, .object: throw StackError(.fatal(name: name), Text(name), payload: value)
        default: throw StackError(.fatal(name: name), value.text)
        }
    }
}
