import Values
import XanoScript

extension RoutineLowering {
    func lower(block statements: [Statement]) -> BlockNode {
        var nodes: [(node: any StatementNode, place: SourceRange)] = []
        for statement in statements {
            if let node = lower(statement) { nodes.append((node, statement.range)) }
        }
        return BlockNode(nodes, file: file)
    }

    private func lower(_ statement: Statement) -> (any StatementNode)? {
        if statement.isDisabled { return nil }
        // Also of a statement with a mistake: its variable is no second one.
        if let result = statement.result { _ = scope.slot(assigning: result) }
        let special = isWorkflowTest ? WorkflowStatements.table[statement.name] : nil
        guard let definition = special ?? StatementTable.standard[statement.name] else {
            refuse(statement)
            return nil
        }
        guard check(statement, definition) else { return nil }
        if !immutable.isEmpty, case .target = definition.subject, let name = statement.changedVariable,
            immutable.contains(name)
        {
            return ImmutableStatement(name)
        }
        let use = StatementUse(statement: statement, lowering: self)
        guard let node = definition.lower(use) else { return nil }
        return filtered(mocked(node, use), use)
    }

    /// The parser has reported a statement that the language does not have.
    private func refuse(_ statement: Statement) {
        guard StatementNames.contains(statement.name) else { return }
        let reason = StatementTable.reasonAgainst(statement.name).map { ": " + $0 } ?? ""
        report(.unsupported, statement.nameRange, "`\(statement.name)` is not supported\(reason)")
    }

    // MARK: Shape

    private func check(_ statement: Statement, _ definition: StatementDefinition) -> Bool {
        let before = diagnostics.count
        if statement.isDamaged, lacksParts(statement, definition) { return false }
        if !statement.isDamaged { checkSubject(statement, definition) }
        checkResult(statement)
        for block in definition.requiredBlocks where statement[block: block] == nil {
            report(
                .syntax, statement.nameRange, "\(statement.name) needs a block `\(block)`",
                remedy: "write \(statement.name) { \(block)\(block == "if" ? " (…)" : "") { … } }")
        }
        let shapes = definition.attributes + AttributeShape.common
        for attribute in statement.attributes {
            guard let shape = shapes.first(where: { $0.name == attribute.name }) else {
                reportUnknown(
                    "attribute of \(statement.name)", attribute.name, attribute.nameRange, among: shapes.map(\.name),
                    severity: definition.passesOverAttributes ? .warning : .error)
                continue
            }
            if let expected = shape.literal.objection(to: attribute.value) {
                report(.type, attribute.value.range, "`\(attribute.name)` of \(statement.name) has to be \(expected)")
            }
        }
        for shape in shapes where shape.isRequired && statement[attribute: shape.name] == nil {
            report(.name, statement.nameRange, "\(statement.name) needs `\(shape.name)`", remedy: "add \(shape.name) = …")
        }
        for block in statement.blocks where block.name != "mock" && !definition.blocks.contains(block.name) {
            reportUnknown("block of \(statement.name)", block.name, block.nameRange, among: definition.blocks)
        }
        return !diagnostics[before...].contains { $0.severity == .error }
    }

    /// Whether parts are missing that may have been lost in a syntax error.
    private func lacksParts(_ statement: Statement, _ definition: StatementDefinition) -> Bool {
        if case .none = definition.subject, statement.subject != nil { return true }
        let needsSubject = switch definition.subject { case .none, .optionalName: false default: true }
        return needsSubject && statement.subject == nil
            || definition.requiredBlocks.contains { statement[block: $0] == nil }
            || definition.attributes.contains { $0.isRequired && statement[attribute: $0.name] == nil }
    }

    /// Statements that change something and give nothing: a variable after them would stay null.
    private func checkResult(_ statement: Statement) {
        guard let result = statement.result, Self.givesNothing(statement.name) else { return }
        report(
            .syntax, statement.nameRange, "\(statement.name) gives no result",
            remedy: "remove `as $\(result)`")
    }

    private static func givesNothing(_ name: String) -> Bool {
        switch name {
        case "array.push", "array.unshift", "array.merge", "text.append", "text.prepend", "text.trim", "text.ltrim",
            "text.rtrim", "redis.del", "util.set_header", "util.sleep", "debug.log", "debug.stop", "return", "throw",
            "precondition", "var", "var.update":
            true
        default: name.hasPrefix("math.")
        }
    }

    private func checkSubject(_ statement: Statement, _ definition: StatementDefinition) {
        let isThere = statement.subject != nil
        switch definition.subject {
        case .none:
            if isThere { report(.syntax, statement.nameRange, "nothing stands between \(statement.name) and its brace") }
        case .name:
            if !isThere { report(.syntax, statement.nameRange, "\(statement.name) needs a name before its brace") }
        case .optionalName: break
        case .target:
            let isName = if case .name? = statement.subject { true } else { false }
            if !isThere || isName {
                report(.syntax, statement.nameRange, "\(statement.name) needs a variable: \(statement.name) $x")
            }
        case .parenthesised, .value:
            if !isThere { report(.syntax, statement.nameRange, "\(statement.name) needs a value in parentheses") }
        }
    }

    /// `as $x|get:"id"`
    private func filtered(_ node: any StatementNode, _ use: StatementUse) -> any StatementNode {
        guard let expression = use.statement.filteredResult, let slot = use.resultSlot else { return node }
        return FilteredResultStatement(node, value: lower(expression), slot: slot)
    }

    // MARK: Mocks

    /// In the unit test of the same name the mock's value stands for what the statement gives.
    private func mocked(_ node: any StatementNode, _ use: StatementUse) -> any StatementNode {
        let mocks = attributeMocks(use) + blockMocks(use)
        guard !mocks.isEmpty else { return node }
        let target = use.statement.name.hasPrefix("var") ? use.target : use.resultSlot.map { Assignment(slot: $0) }
        return MockStatement(node, target: target, mocks: mocks)
    }

    /// `mock = {"name of a test": value}`
    private func attributeMocks(_ use: StatementUse) -> [MockStatement.Mock] {
        guard case .object(let entries)? = use["mock"]?.kind else { return [] }
        return entries.compactMap { entry in
            lower(entry.key).constant.map { MockStatement.Mock(test: $0.text.string, value: lower(entry.value)) }
        }
    }

    /// `mock "name of a test" { value = … }`
    private func blockMocks(_ use: StatementUse) -> [MockStatement.Mock] {
        use.statement.blocks.filter { $0.name == "mock" }.compactMap { block in
            guard case .name(let name, _)? = block.subject, let value = block[attribute: "value"]?.value else {
                report(.syntax, block.nameRange, "a mock is written mock \"name of a test\" { value = … }")
                return nil
            }
            return MockStatement.Mock(test: name, value: lower(value))
        }
    }
}

/// A statement that a unit test may replace.
final class MockStatement: StatementNode {
    struct Mock: Sendable {
        var test: String
        var value: any ExpressionNode
    }

    let statement: any StatementNode
    let target: Assignment?
    let mocks: [Mock]

    init(_ statement: any StatementNode, target: Assignment?, mocks: [Mock]) {
        self.statement = statement
        self.target = target
        self.mocks = mocks
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        guard let test = machine.run.test, let mock = mocks.first(where: { $0.test == test }) else {
            return try statement.execute(&machine)
        }
        let value = try mock.value.evaluate(&machine)
        try target?.assign(value, &machine)
        return .next
    }
}
