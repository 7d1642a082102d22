internal import Values

/// A JSON document that grows by what has to stand at places of it.
struct SampleDocument {
    private(set) var value: Value?

    /// Puts a value at a place, in place of nothing that is there. Objects on the way are made, and arrays of one item where
    /// the way has `0` or `*`.
    mutating func set(_ pointer: String, _ value: Value) {
        let way = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
            // RFC 6901
            step.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
                .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
        }
        self.value = Self.set(value, way[...], in: self.value)
    }

    /// Makes what a place stands in, and leaves the place itself.
    mutating func prepare(_ pointer: String) {
        guard let last = pointer.lastIndex(of: "/") else { return }
        set(String(pointer[..<last]), .object([:]))
    }

    private static func set(_ value: Value, _ way: ArraySlice<String>, in document: Value?) -> Value {
        guard let step = way.first else { return document ?? value }
        let rest = way.dropFirst()
        switch document {
        case nil where step == "0" || step == "*": return .array([set(value, rest, in: nil)])
        case nil: return .object([Text(step): set(value, rest, in: nil)])
        case .array(var items)?:
            guard step == "0" || step == "*", let first = items.first else { return .array(items) }
            items[0] = set(value, rest, in: first)
            return .array(items)
        case .object(var object)?:
            object[Text(step)] = set(value, rest, in: object[Text(step)])
            return .object(object)
        case let other?: return other
        }
    }

    /// Puts a member into the document, or into its first item.
    mutating func setMember(_ name: String, _ value: Value) {
        if case .array? = self.value { set("/0/" + name, value) } else { set("/" + name, value) }
    }

    /// The document as text; an empty object, if nothing has to stand in it.
    var bytes: [UInt8] { JSON.print(value ?? .object([:])) }
}
