import Values
import XanoScript

/// A `test` block, lowered.
struct LoweredTest: Sendable {
    var name: String
    /// The construct that it tests, and what that is.
    var subject: String
    var subjectKind: String
    var location: String
    var routine: Int
    var input: any ExpressionNode
    var expectations: [Expectation]
    var slotCount: Int
    var responseSlot: Int
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
}

extension RoutineLowering {
    func lower(test: UnitTest, of construct: Construct, kind: String, routine: Int) -> LoweredTest? {
        let before = diagnostics.count
        let scope = RoutineLowering(file: file, names: names)
        let input = test.input.map { scope.lower($0) } ?? ConstantNode(.object([:]))
        let responseSlot = scope.scope.slot(assigning: Self.hiddenName(.response))
        let expectations = test.expectations.compactMap { scope.lower(expectation: $0) }
        scope.reportUnassigned()
        for diagnostic in scope.diagnostics { report(diagnostic) }
        guard diagnostics.count == before || !diagnostics[before...].contains(where: { $0.severity == .error }) else {
            return nil
        }
        return LoweredTest(
            name: test.name, subject: construct.name, subjectKind: kind, location: file.location(of: test.nameRange),
            routine: routine, input: input, expectations: expectations, slotCount: scope.scope.count,
            responseSlot: responseSlot)
    }

    private func lower(expectation statement: Statement) -> Expectation? {
        guard !statement.isDisabled else { return nil }
        let location = file.location(of: statement.range)
        let name = statement.name.hasPrefix("expect.") ? String(statement.name.dropFirst(7)) : statement.name
        if name == "to_throw" {
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
