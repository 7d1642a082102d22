import Values
import XanoScript

/// What came of one test.
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

/// A `test` block of a workspace, or a `workflow_test`.
package struct UnitTestCase: Sendable {
    package var name: String
    package var subject: String
    package var tags: [String]
    package var location: String
    let test: LoweredTest

    /// What came of it if it could not even be run.
    package func failed(_ message: String) -> UnitTestResult {
        UnitTestResult(
            name: name, subject: subject, location: location, failures: [.init(message: message, location: location)])
    }
}

extension Program {
    /// All tests, in the order of their constructs.
    package var unitTests: [UnitTestCase] {
        tests.map {
            UnitTestCase(name: $0.name, subject: $0.subject, tags: $0.tags, location: $0.location, test: $0)
        }
    }

    /// Runs one test. Mocks of its name stand for their statements; every test wants effects of its own.
    ///
    /// - Throws: errors of the storage.
    package func run(_ unitTest: UnitTestCase, effects: Effects) throws -> UnitTestResult {
        let test = unitTest.test
        if let obstacle = states[test.routine].obstacle {
            var result = unitTest.failed(obstacle.message)
            result.failures[0].location = obstacle.file.location(of: obstacle.range)
            return result
        }
        var machine = Machine(Run(routines: routines, request: nil, effects: effects, test: test.name))
        let failures = try machine.call(slots: test.slotCount, input: .object([:])) { machine in
            var noted: [UnitTestResult.Failure] = []
            let response = Result { () throws -> Value in
                let input = try test.input.evaluate(&machine).object(for: "the input of a test")
                let identity = try test.auth.map { try Self.identity($0.evaluate(&machine)) }
                let run = Run(
                    routines: routines, postProcessPrograms: postProcesses, request: test.request(input, effects),
                    effects: effects, identity: identity, test: test.name)
                defer { noted = run.failures }
                let value = try run.call(test.routine, input: input)
                try run.runPostProcesses(into: run)
                return value
            }
            return noted + (try test.failures(response, &machine))
        }
        return UnitTestResult(name: test.name, subject: test.subject, location: test.location, failures: failures)
    }
}

extension Program {
    /// `auth = {id: 1, extras: {role: "admin"}}` of a test: who is signed in while it runs.
    private static func identity(_ value: Value) throws -> Identity {
        guard let identity = Identity(mock: value) else {
            throw StackError.mistake("The auth of a test is an object with an id")
        }
        return identity
    }
}

extension LoweredTest {
    /// A query's test has a request whose body are the inputs.
    fileprivate func request(_ input: Object, _ effects: Effects) -> StackRequest? {
        verb.map {
            StackRequest(
                method: $0.rawValue, uri: "/" + subject, contentType: "application/json",
                body: JSON.print(.object(input)), receivedAt: effects.clock())
        }
    }

    /// What the test expected in vain.
    fileprivate func failures(
        _ response: Result<Value, any Error>, _ machine: inout Machine
    ) throws -> [UnitTestResult.Failure] {
        var thrown: StackError?
        switch response {
        case .success(let value): if let responseSlot { machine.set(responseSlot, value) }
        case .failure(let error):
            guard let error = error as? StackError else { throw error }
            thrown = error
        }
        if let thrown, !thrown.isCatchable || !expectations.contains(where: \.isOfError) {
            return [.init(message: "It failed: \(thrown.message)", location: thrown.location ?? location)]
        }
        return try expectations.compactMap { try $0.failure(thrown, &machine) }
    }
}

extension Expectation {
    /// - Parameter thrown: the error that came instead of a value
    func failure(_ thrown: StackError?, _ machine: inout Machine) throws -> UnitTestResult.Failure? {
        try objection(thrown, &machine).map {
            UnitTestResult.Failure(message: "expect.\(name): \($0)", location: location)
        }
    }

    private func objection(_ thrown: StackError?, _ machine: inout Machine) throws -> String? {
        switch check {
        case .throwing(let expected):
            let expected = try expected?.evaluate(&machine).text ?? ""
            guard let thrown else {
                return expected.isEmpty ? "expected an error, got none" : "expected \(expected), got no error"
            }
            // A part of the message will do.
            let isMet = thrown.names.contains(expected) || thrown.message.contains(expected)
            return isMet ? nil : "expected \(expected), got \(thrown.message)"
        case .value(let actual, let matcher, let arguments):
            if thrown != nil { return nil }
            do {
                let value = try actual.evaluate(&machine)
                let arguments = try arguments.map { try $0.evaluate(&machine) }
                guard try !matcher.isMet(by: value, arguments, machine.run) else { return nil }
                let expected = arguments.map { JSON.text($0).string }.joined(separator: " to ")
                return (expected.isEmpty ? "" : "expected \(expected), ") + "got \(JSON.text(value))"
            } catch let error as StackError where error.isCatchable {
                return error.message.string
            }
        }
    }
}

extension StackError {
    /// Everything by which `expect.to_throw` may name it.
    fileprivate var names: [Text] {
        let kinds: [Text] =
            switch kind {
            case .fatal(let name): name.map { [Text($0)] } ?? []
            case .inputError: ["inputerror", "InvalidInputError"]
            case .badRequest: ["badrequest"]
            case .unauthorized: ["unauthorized"]
            case .accessDenied: ["accessdenied"]
            case .notFound: ["notfound"]
            case .tooManyRequests: ["toomanyrequests"]
            case .bound: []
            }
        return kinds + [message, code]
    }
}
