/// An object of the language: keys in the order in which they were first set.
///
/// Small objects are searched key by key; larger ones keep an index of hashes, so that building an object of any
/// size is linear. The hashes are seeded anew in each process: no sender can choose keys that collide.
package struct Object: Sendable {
    package typealias Entry = (key: Text, value: Value)

    /// Up to this many keys comparing is faster than hashing.
    private static let linearLimit = 12

    private var entries: [Entry] = []
    private var index = KeyIndex()

    package init() {}

    /// An object that has room for so many keys.
    package init(capacity: Int) {
        entries.reserveCapacity(capacity)
    }

    /// The entries in their order; of a repeated key the last value, at the first place.
    package init(_ entries: some Sequence<Entry>) {
        self.init(capacity: entries.underestimatedCount)
        for (key, value) in entries { self[key] = value }
    }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }
    package var keys: [Text] { entries.map(\.key) }
    package var values: [Value] { entries.map(\.value) }

    /// The entry at a position between 0 and `count`.
    package func entry(at position: Int) -> Entry { entries[position] }

    package func key(at position: Int) -> Text { entries[position].key }
    package func value(at position: Int) -> Value { entries[position].value }

    /// The position of a key in the object's order.
    package func position(of key: Text) -> Int? {
        guard index.isEmpty else {
            return index.position(hash: Self.hash(key)) { entries[$0].key == key }
        }
        return entries.firstIndex { $0.key == key }
    }

    package func contains(_ key: Text) -> Bool { position(of: key) != nil }

    /// Reads nil for a missing key. Setting a new key appends it, setting nil removes it. What is
    /// changed in place is not copied.
    package subscript(key: Text) -> Value? {
        get {
            position(of: key).map { entries[$0].value }
        }
        set {
            if let newValue { set(key, newValue) } else { removeValue(forKey: key) }
        }
        _modify {
            let found = position(of: key)
            var value: Value?
            if let found {
                var taken = Value.null
                swap(&taken, &entries[found].value)
                value = taken
            }
            defer {
                switch (found, value) {
                case (let position?, let value?): entries[position].value = value
                case (let position?, nil): remove(at: position)
                case (nil, let value?): append(newKey: key, value)
                case (nil, nil): break
                }
            }
            yield &value
        }
    }

    /// Sets a key: in its place if there is one, else behind the others.
    package mutating func set(_ key: Text, _ value: Value) {
        if index.isEmpty {
            if let position = position(of: key) { entries[position].value = value } else { append(newKey: key, value) }
            return
        }
        let hash = Self.hash(key)
        if let position = index.position(hash: hash, matches: { entries[$0].key == key }) {
            entries[position].value = value
        } else {
            entries.append((key, value))
            index.insert(entries.count - 1, hash: hash) { Self.hash(entries[$0].key) }
        }
    }

    /// Removes a key and gives its value.
    @discardableResult
    package mutating func removeValue(forKey key: Text) -> Value? {
        guard let position = position(of: key) else { return nil }
        return remove(at: position)
    }

    /// Changes the value at a position between 0 and `count` in place.
    package mutating func updateValue<Result, Failure: Error>(
        at position: Int, _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(&entries[position].value)
    }

    /// Appends a key that is not in the object yet, as the caller knows: nothing is searched.
    package mutating func append(newKey key: Text, _ value: Value) {
        entries.append((key, value))
        if !index.isEmpty {
            index.insert(entries.count - 1, hash: Self.hash(key)) { Self.hash(entries[$0].key) }
        } else if entries.count > Self.linearLimit {
            index = KeyIndex(count: entries.count) { Self.hash(entries[$0].key) }
        }
    }

    @discardableResult
    private mutating func remove(at position: Int) -> Value {
        if !index.isEmpty {
            let key = entries[position].key
            index.remove(position, hash: Self.hash(key), count: entries.count)
        }
        return entries.remove(at: position).value
    }

    private static func hash(_ key: Text) -> Int {
        var hasher = Hasher()
        key.hash(into: &hasher)
        return hasher.finalize()
    }
}

extension Object: Sequence {
    package func makeIterator() -> IndexingIterator<[Entry]> {
        entries.makeIterator()
    }

    package var underestimatedCount: Int { entries.count }
}

extension Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (Text, Value)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension Object: Equatable {
    /// Same keys with same values, in any order.
    package static func == (left: Object, right: Object) -> Bool {
        guard left.count == right.count else { return false }
        for position in left.entries.indices {
            let (key, value) = left.entries[position]
            if right.entries[position].key == key {
                guard right.entries[position].value == value else { return false }
            } else {
                guard right[key] == value else { return false }
            }
        }
        return true
    }
}
