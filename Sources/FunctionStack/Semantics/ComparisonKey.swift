import Values

/// A value as a key of a set, for filters that look for equal values in linear time.
///
/// A number and its text are the same; null, true and false are themselves only; arrays are the same element by
/// element, objects key by key in any order.
struct ComparisonKey: Hashable {
    private let value: Value

    init(_ value: Value) { self.value = value }

    static func == (left: ComparisonKey, right: ComparisonKey) -> Bool {
        switch (left.value, right.value) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { ComparisonKey($0) == ComparisonKey($1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in
                    right[key].map { ComparisonKey(value) == ComparisonKey($0) } ?? false
                }
        case (.integer, .decimal), (.integer, .text), (.decimal, .integer), (.decimal, .decimal), (.decimal, .text),
            (.text, .integer), (.text, .decimal):
            left.value.text == right.value.text
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch value {
        case .null: hasher.combine(0)
        case .boolean(let value): hasher.combine(value)
        case .integer(let number): hasher.combine(number)
        case .text(let text):
            // What is equal to a number has to have its hash.
            if let number = Integer.parse(text) { hasher.combine(number) } else { text.hash(into: &hasher) }
        case .decimal(let number):
            if let whole = Int64(exactly: number) { hasher.combine(whole) } else { value.text.hash(into: &hasher) }
        case .array(let items):
            hasher.combine(items.count)
            for item in items { ComparisonKey(item).hash(into: &hasher) }
        case .object(let object):
            hasher.combine(object.count)
            var sum = 0
            for (key, value) in object {
                var entry = hasher
                key.hash(into: &entry)
                ComparisonKey(value).hash(into: &entry)
                sum &+= entry.finalize()
            }
            hasher.combine(sum)
        }
    }
}
