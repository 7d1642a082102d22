import Values
import XanoScript

/// `util.post_process { stack {…} }`: notes what is to run once the answer has left.
final class PostProcessStatement: StatementNode {
    let key: String
    let variables: [(name: Text, slot: Int)]
    let usesInput: Bool

    /// So many may come of one run: they are written in the transaction of its answer.
    private static let maximum = 1_000

    init(key: String, variables: [(name: Text, slot: Int)], usesInput: Bool) {
        self.key = key
        self.variables = variables
        self.usesInput = usesInput
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let run = machine.run
        guard run.postProcesses.count < Self.maximum else {
            throw StackError(
                .bound("post_process"),
                Text("The run was stopped at \(Self.maximum) util.post_process; do in one what it does in many"))
        }
        // What its row costs in the transaction of the answer.
        if let share = run.budget.share, !share.take(200) { throw WriterShare.Exceeded() }
        var values = Object(capacity: variables.count)
        for (name, slot) in variables {
            let value = machine.value(of: slot)
            if value != .null { values.append(newKey: name, value) }
        }
        let input = usesInput ? machine.value(of: Scope.input) : .null
        try machine.charge(bytes: 2 * (Value.object(values).estimatedSize() + input.estimatedSize()))
        let entry = try PostProcessEntry(key: key, .init(variables: values, input: input))
        let kept = run.postProcesses.reduce(entry.state.count) { $0 + $1.state.count }
        guard kept <= run.budget.maximumBytes else { throw Machine.memoryReached(run.budget.maximumBytes) }
        run.postProcesses.append(entry)
        return .next
    }
}

extension RoutineLowering {
    /// The block is lowered as a routine of its own, which begins with copies of the variables around it that it uses.
    func lowerPostProcess(_ statement: Statement) -> any StatementNode {
        let (number, key) = postProcesses.begin(in: file)
        let inner = RoutineLowering(file: file, names: names)
        inner.postProcesses = postProcesses
        inner.isWorkflowTest = isWorkflowTest
        inner.immutable = immutable
        let body = inner.lower(block: statement[block: "stack"]?.statements ?? [])
        wholeExpectations += inner.wholeExpectations
        var outer: [(name: Text, slot: Int)] = []
        var own: [(name: Text, slot: Int)] = []
        for name in inner.usesAllVariables ? Set(inner.scope.names).union(scope.assigned).sorted() : inner.scope.names {
            outer.append((Text(name), capture(name, inner)))
            own.append((Text(name), inner.scope.slot(capturing: name)))
        }
        if inner.usesInput { usesInput = true }
        facts.postProcesses = true
        `defer`(number)
        let routine = Routine(
            name: key, inputs: InputBlock([]), body: body, response: ConstantNode(.null),
            responsePlace: file.location(of: statement.range), slotCount: inner.scope.count,
            variables: inner.scope.visibleVariables, middleware: MiddlewareChain())
        postProcesses.end(number, inner.lowered(routine), variables: own)
        return PostProcessStatement(key: key, variables: outer, usesInput: inner.usesInput)
    }

    /// The variable's slot out here. What is read in there and assigned nowhere is told of out here.
    private func capture(_ name: String, _ inner: RoutineLowering) -> Int {
        if let range = inner.takeRead(name), !inner.scope.assigned.contains(name) { return read(name, range) }
        return scope.slot(reading: name)
    }
}
