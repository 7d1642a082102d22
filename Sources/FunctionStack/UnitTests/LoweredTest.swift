import Values
import XanoScript

/// A `test` block or a `workflow_test`, lowered.
struct LoweredTest: Sendable {
    var name: String
    /// The construct that it tests.
    var subject: String
    var tags: [String] = []
    var location: String
    var routine: Int
    /// Of a query, so that its test has a request.
    var verb: Verb?
    var input: any ExpressionNode = ConstantNode(.object([:]))
    /// Who is signed in, if anybody is.
    var auth: (any ExpressionNode)?
    var expectations: [Expectation]
    var slotCount = 1
    /// Where `$response` is, if the expectations know it.
    var responseSlot: Int?
}

/// `expect.to_equal ($response.x) { value = … }`
struct Expectation: Sendable {
    enum Check: Sendable {
        case value(actual: any ExpressionNode, matcher: ValueMatcher, arguments: [any ExpressionNode])
        /// With the text that the error's name or message has to be, if one is given.
        case throwing((any ExpressionNode)?)
    }

    var name: String
    var check: Check
    var location: String

    var isOfError: Bool { if case .throwing = check { true } else { false } }
}

extension RoutineLowering {
    func lower(test: UnitTest, of construct: Construct, routine: Int) -> LoweredTest? {
        let before = diagnostics.count
        let scope = RoutineLowering(file: file, names: names)
        let input = test.input.map { scope.lower($0) } ?? ConstantNode(.object([:]))
        let auth = test.attributes.first { $0.name == "auth" }.map { scope.lower($0.value) }
        let responseSlot = scope.scope.slot(assigning: Self.hiddenName(.response))
        let expectations = test.expectations.compactMap { scope.lower(expectation: $0) }
        scope.reportUnassigned()
        for diagnostic in scope.diagnostics { report(diagnostic) }
        guard diagnostics.count == before || !diagnostics[before...].contains(where: { $0.severity == .error }) else {
            return nil
        }
        var verb: Verb?
        if case .query(let query) = construct.kind { verb = query.verb }
        return LoweredTest(
            name: test.name, subject: construct.name, location: file.location(of: test.nameRange), routine: routine,
            verb: verb, input: input, auth: auth, expectations: expectations, slotCount: scope.scope.count,
            responseSlot: responseSlot)
    }

    /// A workflow test, whose stack was lowered as the routine of that number.
    func lower(workflowTest test: WorkflowTest, _ construct: Construct, routine: Int) -> LoweredTest {
        var tags: [String] = []
        let attribute = test.attributes.first { $0.name == "tags" }
        if let attribute, case .array(let items)? = lower(attribute.value).constant { tags = items.map(\.text.string) }
        return LoweredTest(
            name: construct.name, subject: "workflow test", tags: tags,
            location: file.location(of: construct.nameRange), routine: routine, expectations: wholeExpectations)
    }

    /// A unit test looks at `$response` or a part of it, as it is: variables of the stack are not known to it.
    private func checkOperand(_ actual: Expression, _ name: String) {
        if actual.isPartOfResponse { return }
        if case .invalid = actual.kind { return }
        report(
            .syntax, actual.range, "expect.\(name) looks at $response, or a part of it, without filters",
            remedy: "write expect.\(name) ($response.…), and put what is computed into the response")
    }

    func lower(expectation statement: Statement) -> Expectation? {
        guard !statement.isDisabled else { return nil }
        let location = file.location(of: statement.range)
        let name = statement.name.hasPrefix("expect.") ? String(statement.name.dropFirst(7)) : statement.name
        if name == "to_throw" {
            if statement.subject != nil, !isWorkflowTest {
                report(
                    .syntax, statement.nameRange, "expect.to_throw looks at the whole of what is tested",
                    remedy: "remove what stands in its parentheses")
            }
            let expected = statement[attribute: "value"] ?? statement[attribute: "exception"]
            return Expectation(name: name, check: .throwing(expected.map { lower($0.value) }), location: location)
        }
        guard let matcher = ValueMatcher(rawValue: name) else {
            reportUnknown(
                "expectation", name, statement.nameRange, among: ValueMatcher.allCases.map(\.rawValue) + ["to_throw"])
            return nil
        }
        let actual: Expression
        switch statement.subject {
        case .parenthesised(let expression), .target(let expression): actual = expression
        default:
            report(.syntax, statement.nameRange, "expect.\(name) needs what it looks at in parentheses: ($response)")
            return nil
        }
        if !isWorkflowTest { checkOperand(actual, name) }
        let arguments = matcher.arguments.map { argument -> any ExpressionNode in
            if let attribute = statement[attribute: argument] { return lower(attribute.value) }
            report(.name, statement.nameRange, "expect.\(name) needs `\(argument)`", remedy: "add \(argument) = …")
            return ConstantNode(.null)
        }
        return Expectation(
            name: name, check: .value(actual: lower(actual), matcher: matcher, arguments: arguments),
            location: location)
    }
}

extension Expression {
    fileprivate var isPartOfResponse: Bool {
        switch kind {
        case .root(.response): true
        case .member(let base, _), .subscripted(let base, _), .slice(let base, _, _): base.isPartOfResponse
        default: false
        }
    }
}
