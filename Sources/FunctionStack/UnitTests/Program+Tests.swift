import Values
import XanoScript

/// What came of one `test` block.
package struct UnitTestResult: Sendable {
    package var name: String
    /// The construct that was tested.
    package var subject: String
    package var location: String
    /// Empty if it passed.
    package var failures: [Failure]

    package var passed: Bool { failures.isEmpty }

    package struct Failure: Sendable {
        /// `expect.to_equal: expected 2, got 3`
        package var message: String
        package var location: String
    }
}

/// A `test` block of a workspace.
package struct UnitTestCase: Sendable {
    package var name: String
    package var subject: String
    package var location: String
    let test: LoweredTest
}

extension Program {
    /// All `test` blocks, in the order of their constructs.
    package var unitTests: [UnitTestCase] {
        tests.map { UnitTestCase(name: $0.name, subject: $0.subject, location: $0.location, test: $0) }
    }

    /// Runs one test. Mocks of its name stand for their statements; every test wants effects of its own.
    ///
    /// - Throws: errors of the storage.
    package func run(_ unitTest: UnitTestCase, effects: Effects) throws -> UnitTestResult {
        let test = unitTest.test
        var result = UnitTestResult(
            name: test.name, subject: test.subject, location: test.location, failures: [])
        if let obstacle = states[test.routine].obstacle {
            result.failures = [.init(message: obstacle.message, location: obstacle.file.location(of: obstacle.range))]
            return result
        }
        let run = Run(routines: routines, request: nil, effects: effects, test: test.name)
        var machine = Machine(run)
        result.failures = try machine.call(slots: test.slotCount, input: .object([:])) { machine in
            let response = Result { () throws -> Value in
                guard case .object(let input) = try test.input.evaluate(&machine) else {
                    throw StackError.mistake("The input of a test is an object")
                }
                return try call(test.routine, input: input, effects: effects, test: test.name)
            }
            return try test.failures(response, &machine)
        }
        return result
    }
}

extension LoweredTest {
    /// What the test expected in vain.
    fileprivate func failures(
        _ response: Result<Value, any Error>, _ machine: inout Machine
    ) throws -> [UnitTestResult.Failure] {
        var thrown: StackError?
        switch response {
        case .success(let value): machine.set(responseSlot, value)
        case .failure(let error):
            guard let error = error as? StackError else { throw error }
            thrown = error
        }
        var failures: [UnitTestResult.Failure] = []
        let expectsError = expectations.contains { if case .throwing = $0.check { true } else { false } }
        if let thrown, !expectsError {
            return [.init(message: "It failed: \(thrown.message)", location: thrown.location ?? location)]
        }
        for expectation in expectations {
            if let message = try expectation.objection(thrown, &machine) {
                failures.append(.init(message: "expect.\(expectation.name): \(message)", location: expectation.location))
            }
        }
        return failures
    }
}

extension Expectation {
    fileprivate func objection(_ thrown: StackError?, _ machine: inout Machine) throws -> String? {
        switch check {
        case .throwing(let expected):
            guard let thrown else { return "expected an error, got none" }
            guard let expected = try expected?.evaluate(&machine).text, !expected.isEmpty else { return nil }
            let names = [thrown.message, thrown.code] + (thrown.name.map { [Text($0)] } ?? [])
            return names.contains(expected) ? nil : "expected \(expected), got \(thrown.message)"
        case .value(let actual, let matcher, let arguments):
            if thrown != nil { return nil }
            do {
                let value = try actual.evaluate(&machine)
                let arguments = try arguments.map { try $0.evaluate(&machine) }
                guard try !matcher.isMet(by: value, arguments, machine.run) else { return nil }
                let expected = arguments.map { JSON.text($0).string }.joined(separator: " to ")
                return (expected.isEmpty ? "" : "expected \(expected), ") + "got \(JSON.text(value))"
            } catch let error as StackError {
                return error.message.string
            }
        }
    }
}

extension StackError {
    /// The name that `throw` gave.
    fileprivate var name: String? {
        if case .fatal(let name) = kind { name } else { nil }
    }
}
