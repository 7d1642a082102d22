import Values

/// What a caller sends to a routine, before it is checked: from the path, else from the query string, else from the
/// body, or from a stack. Where the body is proved and the query string is not, nothing that the body names is taken
/// from there.
struct GivenInput {
    private let path: [(name: String, value: Text)]
    private let query: Object
    private let body: Object
    /// In a form everything is text; a type may read more out of it.
    private let bodyIsTextual: Bool

    /// An object that a stack made.
    init(_ object: Object) {
        path = []
        query = [:]
        body = object
        bodyIsTextual = false
    }

    /// A request; of its body only what is of a known encoding and an object.
    ///
    /// - Throws: `StackError` of kind `inputError` if the body is not of the encoding that its content type names.
    init(_ run: Run, readsBody: Bool) throws {
        path = run.request?.pathParameters ?? []
        query = try run.request?.inputParameters() ?? [:]
        let encoding = run.request?.inputEncoding
        bodyIsTextual = encoding != .json
        guard readsBody, let encoding, run.request?.body.isEmpty == false,
            case .object(let object) = try run.body(as: encoding)
        else {
            body = [:]
            return
        }
        body = object
    }

    /// The value of a name, and whether it is text that may mean something else.
    subscript(name: Text) -> (value: Value?, isTextual: Bool) {
        if !path.isEmpty, let parameter = path.first(where: { Text($0.name) == name }) {
            return (.text(parameter.value), true)
        }
        if !query.isEmpty, let value = query[name] { return (value, true) }
        return (body[name], bodyIsTextual)
    }

    /// Everything that was sent.
    var object: Object {
        var all = body.merged(with: query)
        for parameter in path { all[Text(parameter.name)] = .text(parameter.value) }
        return all
    }
}
