import Values

/// `foreach (…) { each as $item {…} }`
final class ForeachStatement: StatementNode {
    let list: any ExpressionNode
    /// The variable that is walked through, if it is one: `remove` takes elements out of it.
    let listSlot: Int?
    let itemSlot: Int
    /// Set to true by `remove`, if the body has one.
    let removalSlot: Int?
    let block: BlockNode

    init(list: any ExpressionNode, listSlot: Int?, itemSlot: Int, removalSlot: Int?, block: BlockNode) {
        self.list = list
        self.listSlot = listSlot
        self.itemSlot = itemSlot
        self.removalSlot = removalSlot
        self.block = block
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        let list = try list.evaluate(&machine)
        switch list {
        case .array(let items): return try walk(items, &machine)
        case .object(let object): return try walk(object.values, &machine)
        case .null: return .next
        default: throw StackError.wrongType("foreach", expected: "an array", got: list)
        }
    }

    private func walk(_ items: [Value], _ machine: inout Machine) throws -> Flow {
        var kept: [Value] = []
        var position = 0
        var last = Flow.next
        while position < items.count {
            try machine.step()
            let item = items[position]
            position += 1
            machine.set(itemSlot, item)
            if let removalSlot { machine.set(removalSlot, .boolean(false)) }
            let flow = try block.execute(&machine)
            if let removalSlot, case .boolean(false) = machine.value(of: removalSlot) { kept.append(item) }
            switch flow {
            case .next, .continue: continue
            case .break: break
            case .return, .stop: last = flow
            }
            break
        }
        if removalSlot != nil, let listSlot {
            machine.set(listSlot, .array(kept + items[position...]))
        }
        return last
    }
}

/// `remove` inside a `foreach`.
final class RemoveStatement: StatementNode {
    let removalSlot: Int

    init(removalSlot: Int) { self.removalSlot = removalSlot }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        machine.set(removalSlot, .boolean(true))
        return .next
    }
}

/// `for (10) { each as $index {…} }`: from 0.
final class ForStatement: StatementNode {
    let count: any ExpressionNode
    let indexSlot: Int
    let block: BlockNode

    init(count: any ExpressionNode, indexSlot: Int, block: BlockNode) {
        self.count = count
        self.indexSlot = indexSlot
        self.block = block
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        let count = try count.evaluate(&machine).integer(for: "for")
        var index: Int64 = 0
        while index < count {
            try machine.step()
            machine.set(indexSlot, .integer(index))
            index += 1
            switch try block.execute(&machine) {
            case .next, .continue: continue
            case .break: return .next
            case .return: return .return
            case .stop: return .stop
            }
        }
        return .next
    }
}

/// `while (…) { each {…} }`
final class WhileStatement: StatementNode {
    let test: any ExpressionNode
    let block: BlockNode

    init(test: any ExpressionNode, block: BlockNode) {
        self.test = test
        self.block = block
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        while try test.condition(&machine) {
            try machine.step()
            switch try block.execute(&machine) {
            case .next, .continue: continue
            case .break: return .next
            case .return: return .return
            case .stop: return .stop
            }
        }
        return .next
    }
}
