import Values

extension Run {
    /// Those that leave others without end are stopped after so many.
    private static let maximum = 1_000

    /// Runs a block for the queue. What its stack did wrong is in the outcome.
    ///
    /// - Throws: errors of the storage.
    func outcome(of block: PostProcessProgram, _ entry: PostProcessEntry) throws -> Outcome {
        try judged {
            let captured = try entry.captured()
            let value = try uncritical { machine in
                try machine.charge(bytes: entry.state.count)
                return try routines[block.routine].run(captured, block.variables, &machine)
            }
            return Outcome(status: 200, headers: [], body: .json(value), postProcesses: postProcesses)
        }
    }

    /// Runs what this run left, each as a run of its own, in order; in a test, where no answer leaves before.
    /// What goes wrong in it is a failure of the test.
    func runPostProcesses(into test: Run) throws {
        try runPostProcesses { run, outcome in
            test.failures += run.failures
            if let error = outcome.error {
                test.failures.append(
                    .init(message: "util.post_process failed: \(error.message)", location: error.location ?? ""))
            }
        }
    }

    func runPostProcesses(_ ended: (Run, Outcome) throws -> Void) throws {
        var waiting = postProcesses
        postProcesses = []
        var next = 0
        while next < waiting.count, next < Self.maximum {
            let entry = waiting[next]
            next += 1
            guard let block = postProcessPrograms.first(where: { $0.key == entry.key }) else { continue }
            let run = Run(
                routines: routines, postProcessPrograms: postProcessPrograms, request: request, effects: effects,
                identity: identity, test: test)
            let outcome = try run.outcome(of: block, entry)
            try ended(run, outcome)
            waiting += outcome.postProcesses
        }
    }
}

extension Routine {
    /// Runs it with the variables that it had when it was left for later.
    fileprivate func run(
        _ captured: PostProcessEntry.Captured, _ variables: [(name: Text, slot: Int)], _ machine: inout Machine
    ) throws -> Value {
        try machine.call(slots: slotCount, routine: self, input: captured.input) { machine in
            for (name, slot) in variables { machine.set(slot, captured.variables[name] ?? .null) }
            _ = try body.execute(&machine)
            return machine.stopped ?? machine.returned
        }
    }
}
