import Values

/// JSON as text and back.
enum JSONFilters {
    static let definitions: [FilterDefinition] = [
        .plain("json_encode") { input, _, context in
            var bytes: [UInt8] = []
            JSON.append(input, to: &bytes)
            try context.budget.charge(steps: bytes.count / 64)
            return try context.result(Text(bytes: bytes))
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
