import Values
import XanoScript

/// What stands only in the stack of a `workflow_test`: calls of a workspace's constructs, and expectations.
enum WorkflowStatements {
    static let table = StatementTable([
        [
            call("function.call", "function", { $0.functions }, attributes: [.optional("input", .object), .optional("runtime_mode")]),
            call("task.call", "task", { $0.tasks }, attributes: []),
            call("middleware.call", "middleware", { $0.middleware }, attributes: [.optional("input", .object)]),
            StatementDefinition(
                "api.call", subject: .name,
                attributes: [
                    .optional("verb"), .required("api_group", .text), .optional("headers"), .optional("input", .object),
                ], lower: callQuery),
        ],
        expectations,
    ])

    // MARK: Calls

    private static func call(
        _ name: String, _ what: String, _ numbers: @escaping @Sendable (ProgramNames) -> [String: Int],
        attributes: [AttributeShape]
    ) -> StatementDefinition {
        StatementDefinition(name, subject: .name, attributes: attributes) { use in
            guard let (called, range) = use.subjectName else { return nil }
            let known = numbers(use.lowering.names)
            guard let number = known[called] else {
                use.lowering.reportUnknown(what, called, range, among: known.keys)
                return nil
            }
            use.lowering.call(number)
            let input = use.node("input", default: .object([:]))
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let input = try input.evaluate(&machine).object(for: "the input of \(name)")
                return try machine.run.apart(number, input: input)
            }
        }
    }

    private static func callQuery(_ use: StatementUse) -> (any StatementNode)? {
        guard let (name, range) = use.subjectName else { return nil }
        let group = use.node("api_group").constant?.text.string ?? ""
        let verb = (use.node("verb", default: "GET").constant?.text.string ?? "").uppercased()
        guard let number = use.lowering.names.queries[QueryName(group: group, name: name, verb: verb)] else {
            use.lowering.reportUnknown(
                "query", "\(verb) \(group)/\(name)", range, among: use.lowering.names.queries.keys.map(\.text))
            return nil
        }
        use.lowering.call(number)
        let input = use.node("input", default: .object([:]))
        let headers = use.node("headers", default: .array([]))
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let input = try input.evaluate(&machine).object(for: "the input of api.call")
            let request = StackRequest(
                method: verb, uri: "/" + name, headers: try headers.evaluate(&machine).requestHeaders(),
                contentType: "application/json", body: JSON.print(.object(input)),
                receivedAt: machine.run.effects.clock())
            return try machine.run.apart(query: number, request)
        }
    }

    // MARK: Expectations

    private static let expectations: [StatementDefinition] =
        ValueMatcher.allCases.map { matcher in
            StatementDefinition(
                "expect." + matcher.rawValue, subject: .parenthesised, attributes: matcher.arguments.map { .required($0) }
            ) { use in
                use.lowering.lower(expectation: use.statement).map { ExpectStatement($0) }
            }
        } + [
            StatementDefinition(
                "expect.to_throw", attributes: [.optional("value"), .optional("exception")], blocks: ["stack"],
                lower: throwing)
        ]

    /// With a stack of its own it is about that, else about the whole test.
    private static func throwing(_ use: StatementUse) -> (any StatementNode)? {
        guard let expectation = use.lowering.lower(expectation: use.statement) else { return nil }
        guard use.statement[block: "stack"] != nil else {
            use.lowering.wholeExpectations.append(expectation)
            return nil
        }
        return ExpectErrorStatement(expectation, block: use.block("stack"))
    }
}

/// A query as `api.call` names it.
struct QueryName: Sendable, Hashable {
    var group: String
    var name: String
    var verb: String

    var text: String { "\(verb) \(group)/\(name)" }
}

/// `expect.to_equal ($x) { value = 1 }` in a stack: what it expected in vain is noted, and the stack goes on.
final class ExpectStatement: StatementNode {
    let expectation: Expectation

    init(_ expectation: Expectation) { self.expectation = expectation }

    func execute(_ machine: inout Machine) throws -> Flow {
        if let failure = try expectation.failure(nil, &machine) { machine.run.failures.append(failure) }
        return .next
    }
}

/// `expect.to_throw { stack { … } exception = "…" }`
final class ExpectErrorStatement: StatementNode {
    let expectation: Expectation
    let block: BlockNode

    init(_ expectation: Expectation, block: BlockNode) {
        self.expectation = expectation
        self.block = block
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        var thrown: StackError?
        var flow = Flow.next
        do {
            flow = try block.execute(&machine)
        } catch let error as StackError where error.isCatchable {
            thrown = error
        }
        if let failure = try expectation.failure(thrown, &machine) { machine.run.failures.append(failure) }
        return flow
    }
}

extension Value {
    /// Headers as `api.call` has them: a list of `Name: value`, also as text in JSON.
    fileprivate func requestHeaders() throws -> [(name: String, value: String)] {
        switch self {
        case .null: return []
        case .text(let text):
            if text.isEmpty { return [] }
            guard let list = try? JSON.parse(text), case .array = list else {
                throw StackError.mistake("The headers of api.call are a list of 'Name: value', also as text in JSON")
            }
            return try list.requestHeaders()
        case .object(let object): return object.map { (name: $0.key.string, value: $0.value.text.string) }
        case .array(let items):
            return items.compactMap { item in
                let parts = item.text.string.split(separator: ":", maxSplits: 1)
                guard let name = parts.first else { return nil }
                return (
                    name: String(name).trimmedOfWhiteSpace,
                    value: parts.count > 1 ? String(parts[1]).trimmedOfWhiteSpace : ""
                )
            }
        default: throw StackError.wrongType("api.call", expected: "a list of headers", got: self)
        }
    }
}
