import Values

/// XML as a value.
enum XMLFilters {
    static let definitions: [FilterDefinition] = [
        .plain("xml_decode") { input, _, context in
            let text = try input.textOperand("xml_decode")
            // An empty element of four bytes becomes two objects and an array.
            try context.budget.charge(bytes: text.byteCount * 64)
            try context.budget.charge(steps: text.byteCount / 16)
            do throws(XMLError) {
                return try XML.parse(text)
            } catch {
                throw StackError(.inputError, Text("xml_decode: \(error.message)"))
            }
        }
    ]
}
