package import Values
import XanoScript

extension Program {
    /// Runs a query for a request: its middleware, its inputs' checks, its stack.
    ///
    /// What the stack did wrong is in the outcome. The caller keeps or undoes what the run wrote, as the outcome says,
    /// so it puts a savepoint around the call.
    ///
    /// - Throws: errors of the storage, which are no business of a stack.
    package func run(_ query: QueryProgram, request: StackRequest, effects: Effects) throws -> Outcome {
        let run = Run(routines: routines, request: request, effects: effects)
        do {
            return try Self.outcome(run) { machine in
                let routine = routines[query.routine]
                // A body that can't be read is no matter of a query that declares no inputs.
                let given = try GivenInput(run, readsBody: !routine.inputs.fields.isEmpty)
                try machine.charge(bytes: request.body.count + request.queryString.utf8.count)
                let input = try routine.inputs.accept(given, &machine)
                return try routine.run(routine.middleware.before(input, &machine), &machine)
            }
        } catch let error as CriticalError {
            return Self.outcome(of: error.error, run)
        } catch let error as StackError {
            return Self.outcome(of: error, run)
        }
    }

    /// Runs a function by its name.
    ///
    /// - Throws: `StackError` for what the stack did wrong; errors of the storage.
    package func runFunction(_ name: String, input: Object, effects: Effects) throws -> Value {
        guard let number = functions[name] else {
            throw StackError(.notFound, Text("There is no function '\(name)'"))
        }
        if let obstacle = states[number].obstacle {
            throw StackError(
                .fatal(name: nil), Text("The function '\(name)' is not supported: \(obstacle.message)"),
                location: obstacle.file.location(of: obstacle.range))
        }
        return try call(number, input: input, effects: effects, test: nil)
    }

    /// Runs a query by its number with inputs as a function gets them; middleware runs too.
    func call(_ number: Int, input: Object, effects: Effects, test: String?) throws -> Value {
        let run = Run(routines: routines, request: nil, effects: effects, test: test)
        var machine = Machine(run)
        do {
            let value = try routines[number].call(input, &machine)
            if let stopped = machine.stopped { return stopped }
            try machine.checkNesting(of: value)
            return value
        } catch let error as CriticalError {
            throw error.error
        }
    }

    private static func outcome(_ run: Run, _ body: (inout Machine) throws -> Value) throws -> Outcome {
        var machine = Machine(run)
        var value = try body(&machine)
        if let stopped = machine.stopped { value = stopped }
        try machine.checkNesting(of: value)
        let headers = try run.headers.checked()
        let status = run.headers.status ?? 200
        return Outcome(status: status, headers: headers, body: .init(value, contentType: run.headers.contentType))
    }

    private static func outcome(of error: StackError, _ run: Run) -> Outcome {
        run.log(error, at: "")
        return Outcome(status: error.status, headers: [], body: .json(.object(error.body)), error: error)
    }
}

extension Outcome.Body {
    /// Text under a content type other than JSON is answered as it is.
    fileprivate init(_ value: Value, contentType: String?) {
        let type = contentType.flatMap { MediaType($0) }
        let isJSON = type.map { $0.subtype == "json" || $0.subtype.hasSuffix("+json") } ?? true
        if case .text(let text) = value, !isJSON {
            self = .raw(text)
        } else if case .null = value, !isJSON {
            self = .raw("")
        } else {
            self = .json(value)
        }
    }
}
