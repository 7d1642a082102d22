import Values

enum YAMLFilters {
    static let definitions: [FilterDefinition] = [
        .plain("yaml_decode") { input, _, context in
            let text = try input.textOperand("yaml_decode")
            // Two bytes are enough for an element.
            try context.chargeElements(text.byteCount / 2)
            return try YAMLParser.parse(text)
        },
        .plain("yaml_encode") { input, _, context in try context.result(YAMLPrinter.text(input)) },
    ]
}
