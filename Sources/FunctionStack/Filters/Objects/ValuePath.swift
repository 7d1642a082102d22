import Values

/// A place inside a value: `a.b.0` or one index.
struct ValuePath: Sendable {
    /// Keys of objects and indexes of arrays, from the outside in; never empty.
    let parts: [Text]
    /// The path as it was written. An object's key of just this name goes before what the dots say.
    let whole: Text

    /// - Throws: `StackError` if the value is neither text nor a number.
    init(_ value: Value, _ user: String) throws {
        switch value {
        case .integer, .decimal, .text:
            whole = value.text
            parts = whole.contains(".") ? whole.split(separator: ".") : [whole]
        default:
            throw StackError.wrongType(user, expected: "a path of keys", got: value)
        }
    }
}

extension Value {
    /// The value at a path, nil if there is none.
    func value(at path: ValuePath) -> Value? {
        if path.parts.count == 1 { return member(path.whole) }
        if case .object(let object) = self, let exact = object[path.whole] { return exact }
        var current = self
        for part in path.parts {
            guard let next = current.member(part) else { return nil }
            current = next
        }
        return current
    }

    /// An object's value or an array's element.
    func member(_ key: Text) -> Value? {
        switch self {
        case .object(let object): return object[key]
        case .array(let items):
            guard let index = items.index(key), index < items.count else { return nil }
            return items[index]
        default: return nil
        }
    }

    /// Changes the value at a path in place. What is missing on the way is created as objects; an array can grow by
    /// one element at its end.
    ///
    /// - Throws: `StackError` if something on the way is neither an array, an object nor null.
    mutating func update(
        at path: ValuePath, _ user: String, _ change: (inout Value) throws -> Void
    ) throws {
        if hasExactKey(path) {
            return try update(path.whole, [], user, change)
        }
        guard path.parts.count <= Value.maximumDepth else {
            throw StackError.mistake("The path of \(user) is too long")
        }
        try update(path.parts[0], path.parts[1...], user, change)
    }

    /// Removes what is at a path; nothing there is no error.
    mutating func remove(at path: ValuePath) {
        if hasExactKey(path) {
            return remove(path.whole, [])
        }
        remove(path.parts[0], path.parts[1...])
    }

    private func hasExactKey(_ path: ValuePath) -> Bool {
        guard path.parts.count > 1, case .object(let object) = self else { return false }
        return object.contains(path.whole)
    }

    private mutating func update(
        _ key: Text, _ rest: ArraySlice<Text>, _ user: String, _ change: (inout Value) throws -> Void
    ) throws {
        func descend(_ member: inout Value) throws {
            guard let next = rest.first else { return try change(&member) }
            try member.update(next, rest.dropFirst(), user, change)
        }
        if case .null = self { self = .object(Object()) }
        let isDone: Void? =
            try updateObject { object in
                if let position = object.position(of: key) {
                    try object.updateValue(at: position) { try descend(&$0) }
                } else {
                    var member = Value.null
                    try descend(&member)
                    object[key] = member
                }
            }
            ?? updateArray { items in
                guard let index = items.index(key), index <= items.count else {
                    throw StackError.mistake("\(user) expects an index from 0 to \(items.count) here, not \"\(key)\"")
                }
                if index == items.count { items.append(.null) }
                try descend(&items[index])
            }
        guard isDone != nil else { throw StackError.wrongType(user, expected: "an object or an array", got: self) }
    }

    private mutating func remove(_ key: Text, _ rest: ArraySlice<Text>) {
        let next = rest.first
        if case .object = self {
            _ = updateObject { object in
                guard let position = object.position(of: key) else { return }
                guard let next else {
                    object.removeValue(forKey: key)
                    return
                }
                object.updateValue(at: position) { $0.remove(next, rest.dropFirst()) }
            }
        } else {
            _ = updateArray { items in
                guard let index = items.index(key), index < items.count else { return }
                guard let next else {
                    items.remove(at: index)
                    return
                }
                items[index].remove(next, rest.dropFirst())
            }
        }
    }
}

extension [Value] {
    fileprivate func index(_ key: Text) -> Int? {
        guard let index = Integer.parse(key), index >= 0 else { return nil }
        return Int(index)
    }
}
