import Values
import XanoScript

/// `conditional`, `switch`, loops, `try_catch`, `return` and the like.
enum ControlStatements {
    static let definitions = [
        StatementDefinition("conditional", blocks: ["if", "elseif", "else"], lower: conditional),
        StatementDefinition("switch", subject: .parenthesised, blocks: ["case", "default"], lower: switchStatement),
        StatementDefinition("group", blocks: ["stack"]) { GroupStatement($0.block("stack")) },
        StatementDefinition("stack", blocks: ["stack"]) { GroupStatement($0.block("stack")) },
        StatementDefinition("foreach", subject: .value, blocks: ["each"], lower: foreach),
        StatementDefinition("for", subject: .value, blocks: ["each"], lower: forStatement),
        StatementDefinition("while", subject: .parenthesised, blocks: ["each"], lower: whileStatement),
        StatementDefinition("break") { leave($0, .break, "break") },
        StatementDefinition("continue") { leave($0, .continue, "continue") },
        StatementDefinition("foreach.break") { leave($0, .break, "foreach.break") },
        StatementDefinition("foreach.continue") { leave($0, .continue, "foreach.continue") },
        StatementDefinition("remove") { remove($0) },
        StatementDefinition("foreach.remove") { remove($0) },
        StatementDefinition("return", attributes: [.required("value")]) {
            FlowStatement(.return, value: $0.node("value"))
        },
        StatementDefinition("try_catch", blocks: ["try", "catch", "finally"], lower: tryCatch),
        StatementDefinition("throw", attributes: [.required("name"), .required("value")]) {
            ThrowStatement(name: $0.node("name"), value: $0.node("value"))
        },
        StatementDefinition(
            "precondition", subject: .parenthesised,
            attributes: [
                .optional("error_type", .known(StackError.Kind.errorTypes)), .optional("error"), .optional("payload"),
            ],
            lower: precondition),
        StatementDefinition(
            "function.run", subject: .name,
            attributes: [.optional("input", .object), .optional("runtime_mode"), .optional("async", .boolean)], lower: run),
        StatementDefinition(
            "await", subject: .optionalName, attributes: [.optional("ids"), .optional("timeout")], lower: awaiting),
    ]

    // MARK: Choices

    private static func conditional(_ use: StatementUse) -> (any StatementNode)? {
        var branches: [(test: any ExpressionNode, block: BlockNode)] = []
        var otherwise: BlockNode?
        for (index, block) in use.statement.blocks.enumerated() {
            let isFirst = index == 0
            if (block.name == "if") != isFirst || otherwise != nil {
                use.lowering.report(
                    .syntax, block.nameRange, "a conditional is one if, then elseif blocks, then at most one else")
                return nil
            }
            if block.name == "else" {
                otherwise = use.lowering.lower(block: block.statements)
                continue
            }
            guard let test = use.lowering.condition(of: block) else { return nil }
            branches.append((test, use.lowering.lower(block: block.statements)))
        }
        return ConditionalStatement(branches: branches, otherwise: otherwise)
    }

    private static func switchStatement(_ use: StatementUse) -> (any StatementNode)? {
        let subject = use.subject
        var cases: [SwitchStatement.Case] = []
        var otherwise: BlockNode?
        use.lowering.loops.append(.switch)
        defer { use.lowering.loops.removeLast() }
        for block in use.statement.blocks {
            guard otherwise == nil else {
                use.lowering.report(.syntax, block.nameRange, "default is the last block of a switch")
                return nil
            }
            let body = use.lowering.lower(block: block.statements)
            if block.name == "default" {
                otherwise = body
            } else if let value = use.lowering.condition(of: block) {
                cases.append(.init(value: value, block: body, endsWithBreak: block.endsWithBreak))
            }
        }
        return SwitchStatement(subject: subject, cases: cases, otherwise: otherwise)
    }

    // MARK: Loops

    private static func foreach(_ use: StatementUse) -> (any StatementNode)? {
        guard let each = use.lowering.body(of: use.statement), let variable = each.variable else {
            use.report(.syntax, "foreach needs a block: each as $item { … }")
            return nil
        }
        let list = use.subject
        let itemSlot = use.lowering.scope.slot(assigning: variable)
        use.lowering.loops.append(.foreach(removalSlot: use.lowering.scope.freshSlot(), usesRemoval: false))
        let block = use.lowering.lower(block: each.statements)
        var removalSlot: Int?
        if case .foreach(let slot, true)? = use.lowering.loops.popLast() { removalSlot = slot }
        return ForeachStatement(
            list: list, listSlot: (list as? SlotNode)?.slot, itemSlot: itemSlot, removalSlot: removalSlot, block: block)
    }

    private static func forStatement(_ use: StatementUse) -> (any StatementNode)? {
        guard let each = use.lowering.body(of: use.statement) else {
            use.report(.syntax, "for needs a block: each as $index { … }")
            return nil
        }
        let count = use.subject
        let slot = each.variable.map { use.lowering.scope.slot(assigning: $0) } ?? use.lowering.scope.freshSlot()
        use.lowering.loops.append(.other)
        defer { use.lowering.loops.removeLast() }
        return ForStatement(count: count, indexSlot: slot, block: use.lowering.lower(block: each.statements))
    }

    private static func whileStatement(_ use: StatementUse) -> (any StatementNode)? {
        guard let each = use.lowering.body(of: use.statement) else {
            use.report(.syntax, "while needs a block: each { … }")
            return nil
        }
        use.lowering.loops.append(.other)
        defer { use.lowering.loops.removeLast() }
        return WhileStatement(test: use.subject, block: use.lowering.lower(block: each.statements))
    }

    private static func leave(_ use: StatementUse, _ flow: Flow, _ name: String) -> (any StatementNode)? {
        let isInside = use.lowering.loops.contains { loop in
            if case .switch = loop { name == "break" } else { true }
        }
        guard isInside else {
            // Exports have it outside of loops, too.
            use.lowering.report(
                .syntax, use.statement.nameRange, "\(name) stands in no loop, so it does nothing",
                remedy: "use return to leave the stack", severity: .warning)
            return GroupStatement(BlockNode([], file: use.lowering.file))
        }
        return FlowStatement(flow)
    }

    private static func remove(_ use: StatementUse) -> (any StatementNode)? {
        let innermost = use.lowering.loops.lastIndex { loop in
            if case .switch = loop { false } else { true }
        }
        guard let innermost, case .foreach(let slot, _) = use.lowering.loops[innermost] else {
            use.report(.syntax, "remove stands only in a foreach")
            return nil
        }
        use.lowering.loops[innermost] = .foreach(removalSlot: slot, usesRemoval: true)
        return RemoveStatement(removalSlot: slot)
    }

    // MARK: Errors

    private static func tryCatch(_ use: StatementUse) -> (any StatementNode)? {
        guard use.statement[block: "try"] != nil else {
            use.report(.syntax, "try_catch needs a try block")
            return nil
        }
        use.lowering.tries += 1
        let attempt = use.block("try")
        use.lowering.tries -= 1
        let recovery = use.statement[block: "catch"].map { use.lowering.lower(block: $0.statements) }
        let cleanup = use.statement[block: "finally"].map { use.lowering.lower(block: $0.statements) }
        let errorSlot = use.lowering.scope.slot(assigning: RoutineLowering.hiddenName(.error))
        return TryStatement(attempt: attempt, recovery: recovery, cleanup: cleanup, errorSlot: errorSlot)
    }

    private static func precondition(_ use: StatementUse) -> (any StatementNode)? {
        if let type = use["error_type"], let name = type.constantText, StackError.Kind(errorType: name) == nil {
            // Exports have types of their own invention.
            use.lowering.report(
                .type, type.range, "there is no error type `\(name)`, so it is a standard one",
                remedy: "the types are \(StackError.Kind.errorTypes.joined(separator: ", "))", severity: .warning)
        }
        return PreconditionStatement(
            test: use.subject, kind: use.node("error_type", default: "standard"),
            message: use.node("error", default: ""), payload: use.node("payload"))
    }

    // MARK: Calls

    private static let runtimeModes = ["", "sync", "async-shared", "async-dedicated"]

    /// `await { ids = []|push:$run } as $results`, and `await $run as $result`: what runs asynchronously has ended, so its
    /// id is its result.
    private static func awaiting(_ use: StatementUse) -> (any StatementNode)? {
        guard use["ids"] != nil || use.statement.subject != nil else {
            use.report(.name, "await needs `ids`", remedy: "add ids = …")
            return nil
        }
        let results = use["ids"] != nil ? use.node("ids") : use.subject
        return ResultStatement(resultSlot: use.resultSlot) { try results.evaluate(&$0) }
    }

    private static func run(_ use: StatementUse) -> (any StatementNode)? {
        guard let (name, range) = use.subjectName else { return nil }
        guard let function = use.lowering.names.functions[name] else {
            use.lowering.reportUnknown("function", name, range, among: use.lowering.names.functions.keys)
            return nil
        }
        // Everything runs in its order: what would run beside the stack is done when the next statement begins.
        if let mode = use["runtime_mode"], let name = mode.constantText, !runtimeModes.contains(name) {
            use.lowering.reportUnknown("runtime mode", name, mode.range, among: runtimeModes)
        }
        use.lowering.call(function, name, range)
        return CallStatement(
            function: function, input: use.node("input", default: .object([:])), resultSlot: use.resultSlot)
    }
}

extension RoutineLowering {
    /// The expression in the parentheses after `if`, `case`.
    fileprivate func condition(of block: Block) -> (any ExpressionNode)? {
        guard case .parenthesised(let expression)? = block.subject else {
            report(.syntax, block.nameRange, "\(block.name) needs an expression in parentheses")
            return nil
        }
        return lower(expression)
    }

    /// The `each` of a loop.
    fileprivate func body(of loop: Statement) -> Block? { loop[block: "each"] }
}

/// `function.run "name" { input = {…} } as $result`
final class CallStatement: StatementNode {
    let function: Int
    let input: any ExpressionNode
    let resultSlot: Int?

    init(function: Int, input: any ExpressionNode, resultSlot: Int?) {
        self.function = function
        self.input = input
        self.resultSlot = resultSlot
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let given = try input.evaluate(&machine).object(for: "the input of a call")
        let result = try machine.run.routines[function].call(given, &machine)
        if let resultSlot { machine.set(resultSlot, result) }
        return machine.stopped == nil ? .next : .stop
    }
}
