extension JSONPointer {
    /// A document with another value at this place. Objects that are missing on the way are made; nil where the way
    /// leads through an array that has no such element, or through what is neither array nor object.
    package func setting(_ value: Value, in document: Value) -> Value? {
        setting(value, in: document, tokens[...])
    }

    private func setting(_ value: Value, in document: Value, _ way: ArraySlice<Text>) -> Value? {
        guard let token = way.first else { return value }
        switch document {
        case .object(var object):
            guard let member = setting(value, in: object[token] ?? .object([:]), way.dropFirst()) else { return nil }
            object[token] = member
            return .object(object)
        case .array(var elements):
            guard let position = Self.position(token), position < elements.count,
                let element = setting(value, in: elements[position], way.dropFirst())
            else { return nil }
            elements[position] = element
            return .array(elements)
        default:
            return nil
        }
    }
}
