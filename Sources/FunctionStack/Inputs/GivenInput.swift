import Values

/// What a caller sends to a routine, before it is checked.
struct GivenInput {
    private(set) var object: Object = [:]
    /// Names whose values were text in a form, a query string or a path: a type may read more out of them.
    private(set) var textual: Set<Text> = []

    /// An object that a stack made.
    init(_ object: Object) { self.object = object }

    /// From the path, then the query string, then the body: of a name that several have, the first counts.
    init(_ request: StackRequest, encoding: BodyEncoding?) throws {
        for (name, value) in request.pathParameters { add(Text(name), .text(value), isTextual: true) }
        if !request.queryString.isEmpty {
            for (name, value) in try request.queryParameters() { add(name, value, isTextual: true) }
        }
        guard let encoding, !request.body.isEmpty else { return }
        guard case .object(let body) = try request.body(as: encoding) else { return }
        for (name, value) in body { add(name, value, isTextual: encoding != .json) }
    }

    private mutating func add(_ name: Text, _ value: Value, isTextual: Bool) {
        guard !object.contains(name) else { return }
        object[name] = value
        if isTextual { textual.insert(name) }
    }
}
