import Values

extension Addon {
    /// Puts the result into a record, or wherever inside it the path leads; a list on the way means each of its
    /// elements. Where the path leads nowhere nothing is put.
    ///
    /// - Parameter output: what `$output` is: the record, in which what lies on the path is the element that is at hand
    func add(
        to target: inout Value, at path: ArraySlice<Text>, output: Object, _ number: Int, _ answers: inout AddonAnswers,
        _ machine: inout Machine
    ) throws {
        switch target {
        case .array(var elements):
            target = .null
            for index in elements.indices {
                try add(to: &elements[index], at: path, output: output, number, &answers, &machine)
            }
            target = .array(elements)
        case .object(var object):
            guard let key = path.first else {
                target = .object(try merging(object, output, number, &answers, &machine))
                return
            }
            if path.count == 1 {
                object[key] = try value(for: object[key] ?? .null, output, number, &answers, &machine)
            } else if var inner = object[key] {
                try descend(into: &inner, key, path.dropFirst(), output, number, &answers, &machine)
                object[key] = inner
            }
            target = .object(object)
        default: return
        }
    }

    private func descend(
        into inner: inout Value, _ key: Text, _ path: ArraySlice<Text>, _ output: Object, _ number: Int,
        _ answers: inout AddonAnswers, _ machine: inout Machine
    ) throws {
        func step(_ element: inout Value, _ answers: inout AddonAnswers, _ machine: inout Machine) throws {
            guard case .object(let own) = element else { return }
            var output = output
            output[key] = element
            for (name, value) in own { output[name] = value }
            try add(to: &element, at: path, output: output, number, &answers, &machine)
        }
        guard case .array(var elements) = inner else { return try step(&inner, &answers, &machine) }
        for index in elements.indices { try step(&elements[index], &answers, &machine) }
        inner = .array(elements)
    }

    /// The result's members as members of the record; what has none stands under the addon's name.
    private func merging(
        _ record: Object, _ output: Object, _ number: Int, _ answers: inout AddonAnswers, _ machine: inout Machine
    ) throws -> Object {
        var record = record
        switch try answer(output, number, &answers, &machine) {
        case .object(let members): for (key, value) in members { record[key] = value }
        case .null: break
        case let other: record[name] = other
        }
        return record
    }

    private func value(
        for current: Value, _ output: Object, _ number: Int, _ answers: inout AddonAnswers, _ machine: inout Machine
    ) throws -> Value {
        guard replacesElements else { return try answer(output, number, &answers, &machine) }
        func replaced(_ element: Value, _ answers: inout AddonAnswers, _ machine: inout Machine) throws -> Value {
            if element == .null { return .null }
            var output = output
            output["$this"] = element
            return try answer(output, number, &answers, &machine)
        }
        guard case .array(let elements) = current else { return try replaced(current, &answers, &machine) }
        var results: [Value] = []
        for element in elements { results.append(try replaced(element, &answers, &machine)) }
        return .array(results)
    }

    // MARK: Asking

    private func answer(
        _ output: Object, _ number: Int, _ answers: inout AddonAnswers, _ machine: inout Machine
    ) throws -> Value {
        machine.set(slot, .object(output))
        let given = try input.evaluate(&machine).object(for: "the input of the addon \(name)")
        machine.set(slot, .null)
        let key = JSON.text(.object(given))
        if let known = answers[number, key] { return known }
        let routine = machine.run.routines[declaration.routine]
        // A record that refers to nothing is no mistake.
        let isIncomplete = routine.inputs.fields.contains { field in
            !field.isNullable && !field.isOptional && field.defaultValue == nil && given[field.name] ?? .null == .null
        }
        let result =
            isIncomplete ? declaration.nothing : try shaped(routine.call(given.withoutNull(routine.inputs), &machine), &machine)
        try machine.charge(received: result)
        answers[number, key] = result
        return result
    }

    private func shaped(_ result: Value, _ machine: inout Machine) throws -> Value {
        guard !shape.isEmpty else { return result }
        switch result {
        case .array(let records): return .array(try shaped(records, &machine))
        case .object(var envelope) where declaration.isPaged:
            guard case .array(let records)? = envelope["items"] else { return result }
            envelope["items"] = .array(try shaped(records, &machine))
            return .object(envelope)
        default: return try shape.apply(result, &machine)
        }
    }

    private func shaped(_ records: [Value], _ machine: inout Machine) throws -> [Value] {
        var shaped: [Value] = []
        for record in records { shaped.append(try shape.apply(record, &machine)) }
        return shaped
    }
}

extension Object {
    /// Null was not given where an input has a default.
    fileprivate func withoutNull(_ inputs: InputBlock) -> Object {
        var given = self
        for field in inputs.fields where field.defaultValue != nil && given[field.name] == .null { given[field.name] = nil }
        return given
    }
}
