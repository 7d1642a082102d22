import Values

/// Percent-encoding, and addresses with their arguments.
enum URLFilters {
    static let definitions: [FilterDefinition] = [
        // The documentation gives `%20` for a space also here, where PHP's urlencode has `+`.
        changing("url_encode") { PercentEncoding.uri.encode($0) },
        changing("url_encode_rfc3986") { PercentEncoding.uri.encode($0) },
        changing("url_decode") { PercentEncoding.form.decode($0) },
        changing("url_decode_rfc3986") { PercentEncoding.uri.decode($0) },
        .plain("url_addarg", arguments: 2...3) { input, arguments, context in
            var address = Address(try input.textOperand("url_addarg"))
            address.addArgument(
                try arguments[0].textOperand("url_addarg"), try arguments[1].textOperand("url_addarg"))
            return try context.result(address.text)
        },
        .plain("url_delarg", arguments: 1...1) { input, arguments, context in
            var address = Address(try input.textOperand("url_delarg"))
            address.removeArgument(try arguments[0].textOperand("url_delarg"))
            return try context.result(address.text)
        },
        .plain("url_hasarg", arguments: 1...1) { input, arguments, _ in
            let name = try arguments[0].textOperand("url_hasarg")
            return .boolean(Address(try input.textOperand("url_hasarg")).argument(name) != nil)
        },
        .plain("url_getarg", arguments: 1...2) { input, arguments, _ in
            let name = try arguments[0].textOperand("url_getarg")
            return Address(try input.textOperand("url_getarg")).argument(name).map { .text($0) } ?? arguments[1]
        },
        .plain("url_parse") { input, _, context in
            let text = try input.textOperand("url_parse")
            try context.budget.charge(bytes: text.byteCount)
            return .object(Address(text).components)
        },
        .plain("querystring_parse") { input, _, context in
            let text = try input.textOperand("querystring_parse")
            try context.budget.charge(bytes: text.byteCount * 4)
            let query = text.hasPrefix("?") ? text.slice(1..<text.byteCount) : text
            do throws(FormError) {
                return try Form(query).value()
            } catch {
                throw StackError(.inputError, Text("querystring_parse: \(error.message)"))
            }
        },
    ]

    private static func changing(_ name: String, _ change: @escaping @Sendable (Text) -> Text) -> FilterDefinition {
        .plain(name) { input, _, context in try context.result(change(input.textOperand(name))) }
    }
}
