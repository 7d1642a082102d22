import Values

/// Filters that drop elements without content; with a path, elements without content there.
enum EmptinessFilters {
    static let definitions: [FilterDefinition] = [
        dropping("filter_empty") { $0.isEmpty },
        dropping("filter_null") { if case .null = $0 { true } else { false } },
        dropping("filter_empty_text") { if case .text(let text) = $0 { text.isEmpty } else { false } },
        dropping("filter_empty_array") { if case .array(let items) = $0 { items.isEmpty } else { false } },
        dropping("filter_empty_object") { if case .object(let object) = $0 { object.isEmpty } else { false } },
        dropping("filter_zero") {
            switch $0 {
            case .integer(let number): number == 0
            case .decimal(let number): number == 0
            case .text(let text): NumericText.number(text)?.decimal == 0
            default: false
            }
        },
        dropping("filter_false") { if case .boolean(let value) = $0 { !value } else { false } },
    ]

    private static func dropping(
        _ name: String, _ isUnwanted: @escaping @Sendable (Value) -> Bool
    ) -> FilterDefinition {
        .plain(name, arguments: 0...1) { input, arguments, context in
            let path = arguments[0].isEmpty ? nil : try ValuePath(arguments[0], name)
            func isUnwantedElement(_ element: Value) -> Bool {
                isUnwanted(path.map { element.value(at: $0) ?? .null } ?? element)
            }
            if case .object(let object) = input {
                try context.chargeElements(object.count)
                return .object(Object(object.filter { !isUnwantedElement($0.value) }))
            }
            let items = try input.elements(name)
            try context.chargeElements(items.count)
            return .array(items.filter { !isUnwantedElement($0) })
        }
    }
}
