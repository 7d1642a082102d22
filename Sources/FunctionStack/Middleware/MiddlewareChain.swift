import Values
import XanoScript

/// The middleware around a routine.
struct MiddlewareChain: Sendable {
    /// Before it, in their order.
    var pre: [MiddlewareRoutine] = []
    /// After it, in their order.
    var post: [MiddlewareRoutine] = []

    /// - Returns: the inputs as they are after the `pre` middleware.
    func before(_ input: Object, _ machine: inout Machine) throws -> Object {
        var input = input
        for middleware in pre {
            guard machine.stopped == nil else { break }
            guard let response = try middleware.run(vars: .object(input), input, .pre, &machine) else { continue }
            input = try middleware.applied(response, to: input, &machine)
        }
        return input
    }

    /// - Returns: the response as it is after the `post` middleware.
    func after(_ response: Value, _ input: Object, _ machine: inout Machine) throws -> Value {
        var response = response
        for middleware in post {
            guard machine.stopped == nil else { break }
            guard let answer = try middleware.run(vars: response, input, .post, &machine) else { continue }
            response = middleware.applied(answer, to: response)
        }
        return response
    }
}

/// A middleware of a program, by its number among the routines.
struct MiddlewareRoutine: Sendable {
    enum Place: String, Sendable { case pre, post }

    var name: String
    var routine: Int
    var policy: Middleware.ExceptionPolicy
    var strategy: Middleware.ResponseStrategy
    var location: String

    /// - Returns: its response; nil if it failed and its failures are silent
    func run(vars: Value, _ input: Object, _ place: Place, _ machine: inout Machine) throws -> Value? {
        let routine = machine.run.routines[routine]
        // What it declares, it gets from the inputs of that name.
        var given = input
        // A response of null is none that is missing.
        given["vars"] = vars == .null ? .object([:]) : vars
        given["type"] = .text(place.rawValue)
        do {
            var accepted = try routine.inputs.accept(GivenInput(given), &machine)
            if vars == .null, accepted.contains("vars") { accepted["vars"] = .null }
            return try routine.run(accepted, &machine)
        } catch let error as StackError where error.isCatchable && policy != .rethrow {
            if case .critical = policy { throw CriticalError(error: error) }
            machine.run.log(error, at: location)
            return nil
        }
    }

    func applied(_ response: Value, to input: Object, _ machine: inout Machine) throws -> Object {
        guard case .object(let response) = response else {
            guard case .null = response else {
                throw StackError.mistake("The response of the pre middleware \(name) is \(response.typeName), not an object of inputs")
            }
            return input
        }
        machine.run.changeInput(response, replaces: strategy == .replace)
        return strategy == .replace ? response : input.merged(with: response)
    }

    func applied(_ answer: Value, to response: Value) -> Value {
        if strategy == .replace { return answer }
        switch (response, answer) {
        case (_, .null): return response
        case (.null, _): return answer
        case (.object(let response), .object(let answer)): return .object(response.merged(with: answer))
        case (.array(let response), .array(let answer)): return .array(response + answer)
        default: return response
        }
    }
}

/// An error under the policy `critical`: it ends the request, whatever `try_catch` is around it.
struct CriticalError: Error {
    var error: StackError
}

extension Object {
    /// The object with the keys of another one set.
    func merged(with other: Object) -> Object {
        var merged = self
        for (key, value) in other { merged[key] = value }
        return merged
    }
}
