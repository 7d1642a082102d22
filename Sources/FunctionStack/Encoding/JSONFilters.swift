import Values

/// JSON as text and back.
enum JSONFilters {
    static let definitions: [FilterDefinition] = [
        .plain("json_encode") { input, _, context in
            try context.json(input)
        },
        .plain("json_decode") { input, _, context in
            let text = try input.textOperand("json_decode", remedy: "it is decoded already")
            // Values take several times the bytes of their JSON.
            try context.budget.charge(bytes: text.byteCount * 4)
            try context.budget.charge(steps: text.byteCount / 64)
            do throws(JSONError) {
                return try JSON.parse(text)
            } catch {
                throw StackError(.inputError, Text("json_decode: \(error.message)"))
            }
        },
    ]
}

extension FilterContext {
    /// A value as JSON, its bytes and steps counted.
    ///
    /// - Throws: the bound's `StackError`, without building more than the run may hold.
    func json(_ value: Value, layout: JSON.Layout = JSON.Layout()) throws -> Value {
        var bytes: [UInt8] = []
        do throws(JSONSizeError) {
            try JSON.append(value, to: &bytes, layout: layout, limit: budget.maximumBytes)
        } catch {
            try budget.charge(bytes: .max)
        }
        try budget.charge(steps: bytes.count / 64)
        return try result(Text(bytes: bytes))
    }
}
