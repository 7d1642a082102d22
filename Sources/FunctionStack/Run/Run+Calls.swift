import Values

extension Run {
    /// Runs the query of its request: its inputs' checks, its middleware, its stack. What the stack did wrong is in
    /// the outcome.
    ///
    /// - Throws: errors of the storage.
    func outcome(of query: Int) throws -> Outcome {
        try judged { try answer(query) }
    }

    /// Runs a task in the same way; nobody waits for its answer.
    func outcome(ofTask task: Int) throws -> Outcome {
        try judged {
            let value = try call(task, input: [:])
            return Outcome(status: 200, headers: [], body: .json(value), postProcesses: postProcesses)
        }
    }

    func judged(_ body: () throws -> Outcome) throws -> Outcome {
        do {
            return try body()
        } catch let error as StackError {
            return refused(error)
        }
    }

    /// The answer to a request that ends with an error.
    func refused(_ error: StackError) -> Outcome {
        log(error, at: "")
        return Outcome(status: error.status, headers: [], body: .json(.object(error.body)), error: error)
    }

    private func answer(_ query: Int) throws -> Outcome {
        try uncritical { machine in
            let routine = routines[query]
            // A body that can't be read is no matter of a query that declares no inputs.
            let given = try GivenInput(self, readsBody: !routine.inputs.fields.isEmpty)
            try machine.charge(bytes: (request?.body.count ?? 0) + (request?.queryString.utf8.count ?? 0))
            let input = try routine.inputs.accept(given, &machine)
            let value = try routine.run(routine.middleware.before(input, &machine), &machine)
            let response = machine.stopped ?? value
            try machine.checkNesting(of: response)
            let headers = try self.headers.checked()
            return Outcome(
                status: self.headers.status ?? 200, headers: headers,
                body: .init(response, contentType: self.headers.contentType), postProcesses: postProcesses)
        }
    }

    /// Runs a routine with inputs as a stack gives them, its middleware around it.
    ///
    /// - Throws: `StackError` for what the stack did wrong; errors of the storage.
    func call(_ routine: Int, input: Object) throws -> Value {
        try uncritical { machine in
            let value = try routines[routine].call(input, &machine)
            if let stopped = machine.stopped { return stopped }
            try machine.checkNesting(of: value)
            return value
        }
    }

    /// Once an error got this far, it does not matter any more which middleware let it through.
    func uncritical<Result>(_ body: (inout Machine) throws -> Result) throws -> Result {
        var machine = Machine(self)
        do {
            return try body(&machine)
        } catch let error as CriticalError {
            throw error.error
        }
    }

    // MARK: From within a workflow test

    /// Runs a routine as a run of its own: a `debug.stop` in it ends nothing else.
    func apart(_ routine: Int, input: Object) throws -> Value {
        let run = Run(
            routines: routines, postProcessPrograms: postProcessPrograms, request: nil, effects: effects, test: test)
        let value = try run.call(routine, input: input)
        try run.runPostProcesses(into: self)
        return value
    }

    /// Runs a query as a request would: what a failed one wrote is undone. What it wrote before it refused, such as
    /// a line of its log, stays.
    func apart(query: Int, _ request: StackRequest) throws -> Value {
        var body = Outcome.Body.json(.null)
        var refusal: StackError?
        let apart = Run(
            routines: routines, postProcessPrograms: postProcessPrograms, request: request, effects: effects, test: test)
        func run() throws {
            let outcome = try apart.outcome(of: query)
            if let error = outcome.error, !error.kind.isRefusal { throw error }
            refusal = outcome.error
            body = outcome.body
        }
        if let records = effects.records {
            try records.transaction { _ in try run() }
        } else {
            try run()
        }
        if let refusal { throw refusal }
        try apart.runPostProcesses(into: self)
        switch body {
        case .json(let value): return value
        case .raw(let text): return .text(text)
        }
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
