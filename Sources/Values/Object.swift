/// An object of the language: keys in the order in which they were first set.
package struct Object: Sendable {
    private var entries: [(key: Text, value: Value)] = []

    package init() {}

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }
    package var keys: [Text] { entries.map(\.key) }
    package var values: [Value] { entries.map(\.value) }

    /// Reads nil for a missing key. Setting a new key appends it, setting nil removes it.
    package subscript(key: Text) -> Value? {
        get {
            entries.first { $0.key == key }?.value
        }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((key, value))
            case (nil, nil): break
            }
        }
    }
}

extension Object: Sequence {
    package func makeIterator() -> IndexingIterator<[(key: Text, value: Value)]> {
        entries.makeIterator()
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (Text, Value)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension Object: Equatable {
    /// Same keys with same values, in any order.
    package static func == (left: Object, right: Object) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }
}
