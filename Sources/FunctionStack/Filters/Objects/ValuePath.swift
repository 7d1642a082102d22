import Values

/// A place inside a value: `a.b.0` or one index; `["a.b","c"]` where a key has points of its own.
struct ValuePath: Sendable {
    /// The path as it was written. An object's key of just this name goes before what the dots say.
    let whole: Text
    /// Keys of objects and indexes of arrays, from the outside in; empty if the path has no dots.
    private let parts: [Text]

    /// - Throws: `StackError` if the value is neither text nor a number.
    init(_ value: Value, _ user: String) throws {
        switch value {
        case .integer, .decimal, .text:
            let text = value.text
            if let keys = Self.listed(text) {
                whole = keys.count == 1 ? keys[0] : text
                parts = keys.count == 1 ? [] : keys
                return
            }
            whole = text
            let isDotted = whole.withBytes { $0.firstIndex(of: UInt8(ascii: ".")) != nil }
            parts = isDotted ? whole.split(separator: ".") : []
        default:
            throw StackError.wrongType(user, expected: "a path of keys", got: value)
        }
    }

    /// The keys of a path written as a list in JSON, which is how Xano writes a key that is no plain word, such as
    /// `["metadata[order_id]"]`.
    private static func listed(_ text: Text) -> [Text]? {
        guard text.byteCount > 2 else { return nil }
        let isList = text.withBytes { $0[0] == UInt8(ascii: "[") && $0[$0.count - 1] == UInt8(ascii: "]") }
        guard isList, case .array(let keys)? = try? JSON.parse(text), !keys.isEmpty else { return nil }
        let texts = keys.compactMap { key in
            switch key {
            case .text, .integer: key.text
            default: nil
            }
        }
        return texts.count == keys.count ? texts : nil
    }

    /// Keys and indexes on the way.
    var depth: Int { max(parts.count, 1) }

    var isDotted: Bool { !parts.isEmpty }

    /// The first key or index, and those behind it.
    var first: Text { parts.first ?? whole }
    var rest: ArraySlice<Text> { parts.dropFirst() }
}

extension Value {
    /// The value at a path, nil if there is none.
    func value(at path: ValuePath) -> Value? {
        guard path.isDotted else { return member(path.whole) }
        if case .object(let object) = self, let exact = object[path.whole] { return exact }
        guard var current = member(path.first) else { return nil }
        for part in path.rest {
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

    /// Changes the value at a path in place. What is missing on the way is created as objects; an array grows to an
    /// index behind its end.
    ///
    /// - Throws: `StackError` if something on the way is neither an array, an object nor null.
    mutating func update(
        at path: ValuePath, _ user: String, _ budget: Budget, _ change: (inout Value) throws -> Void
    ) throws {
        if hasExactKey(path) {
            return try update(path.whole, [], user, budget, change)
        }
        guard path.depth <= Value.maximumDepth else {
            throw StackError.mistake("The path of \(user) is too long")
        }
        try update(path.first, path.rest, user, budget, change)
    }

    /// Removes what is at a path; nothing there is no error.
    mutating func remove(at path: ValuePath) {
        if hasExactKey(path) {
            return remove(path.whole, [])
        }
        remove(path.first, path.rest)
    }

    private func hasExactKey(_ path: ValuePath) -> Bool {
        guard path.isDotted, case .object(let object) = self else { return false }
        return object.contains(path.whole)
    }

    private mutating func update(
        _ key: Text, _ rest: ArraySlice<Text>, _ user: String, _ budget: Budget,
        _ change: (inout Value) throws -> Void
    ) throws {
        func descend(_ member: inout Value) throws {
            guard let next = rest.first else { return try change(&member) }
            try member.update(next, rest.dropFirst(), user, budget, change)
        }
        if isNoArray(for: key) { self = .object(Object()) }
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
                guard let index = items.index(key), try items.grow(to: index, budget) else {
                    throw StackError.mistake("\(user) expects an index of an array of \(items.count), not \"\(key)\"")
                }
                try descend(&items[index])
            }
        guard isDone != nil else { throw StackError.wrongType(user, expected: "an object or an array", got: self) }
    }

    /// Null has no keys yet, and neither has an empty array, which is an empty object as well, as in PHP.
    private func isNoArray(for key: Text) -> Bool {
        switch self {
        case .null: true
        case .array(let items): items.isEmpty && items.index(key).map { $0 <= [Value].maximumGap } != true
        default: false
        }
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
    /// How far behind its end an element makes an array longer. What is farther away is no element of this array,
    /// but a key.
    static var maximumGap: Int { 1000 }

    /// Makes the array long enough for an index, with null in between; false if it is too far behind the end.
    mutating func grow(to index: Int, _ budget: Budget) throws -> Bool {
        let missing = index - count
        guard missing >= 0 else { return true }
        guard missing <= Self.maximumGap else { return false }
        if missing > 0 { try budget.charge(bytes: missing * MemoryLayout<Value>.stride) }
        for _ in 0...missing { append(.null) }
        return true
    }

    fileprivate func index(_ key: Text) -> Int? {
        guard let index = Integer.parse(key), index >= 0 else { return nil }
        return Int(index)
    }
}
