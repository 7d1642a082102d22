package import Values

extension Value {
    /// `==`: PHP 8's loose equality.
    ///
    /// Two texts that are numbers are compared as numbers, unless one is zero written with an exponent: digests such as
    /// `0e46…` would be equal to each other. Other texts are compared in a time that does not tell where they differ.
    package func looselyEquals(_ other: Value) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): left.looselyEquals(right)
        case (.null, .null): true
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.looselyEquals($1) }
        case (.object(let left), .object(let right)): left.looselyEquals(right)
        case (.array(let items), .object(let object)), (.object(let object), .array(let items)):
            Object(indexing: items).looselyEquals(object)
        default: compareLoosely(other) == .equal
        }
    }

    /// `===`: the same type and the same value; the order of an object's keys does not matter.
    package func isIdentical(to other: Value) -> Bool {
        self == other
    }

    /// `<`, `<=`, `>`, `>=`: PHP 8's order of mixed types.
    ///
    /// A bool or null on either side compares truth (null with text: as empty text), a number with text that is a
    /// number as numbers, with other text as texts. An array is greater than anything but an array or an object.
    package func compareLoosely(_ other: Value) -> Ordering {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): Ordering(left, right)
        case (.text(let left), .text(let right)): left.compareLoosely(right)
        case (.null, .text(let right)): right.isEmpty ? .equal : .less
        case (.text(let left), .null): left.isEmpty ? .equal : .greater
        case (.boolean, _), (_, .boolean), (.null, _), (_, .null): Ordering(isTruthy ? 1 : 0, other.isTruthy ? 1 : 0)
        case (.array, _), (.object, _), (_, .array), (_, .object): compareCollections(other)
        case (.integer(let number), .text(let text)): text.compareLoosely(number: .integer(number)).reversed
        case (.decimal(let number), .text(let text)): text.compareLoosely(number: .decimal(number)).reversed
        case (.text(let text), .integer(let number)): text.compareLoosely(number: .integer(number))
        case (.text(let text), .decimal(let number)): text.compareLoosely(number: .decimal(number))
        case (.integer(let left), .decimal(let right)): Number.compare(.integer(left), .decimal(right))
        case (.decimal(let left), .integer(let right)): Number.compare(.decimal(left), .integer(right))
        case (.decimal(let left), .decimal(let right)): Ordering(left, right)
        }
    }

    /// The shorter one is less; of equally long ones the first differing element decides.
    private func compareCollections(_ other: Value) -> Ordering {
        if case .array(let left) = self, case .array(let right) = other {
            guard left.count == right.count else { return Ordering(left.count, right.count) }
            for (left, right) in zip(left, right) {
                let order = left.compareLoosely(right)
                guard order == .equal else { return order }
            }
            return .equal
        }
        guard let left = Object(collection: self) else { return .less }
        guard let right = Object(collection: other) else { return .greater }
        guard left.count == right.count else { return Ordering(left.count, right.count) }
        for (key, value) in left {
            guard let opposite = right[key] else { return .incomparable }
            let order = value.compareLoosely(opposite)
            guard order == .equal else { return order }
        }
        return .equal
    }
}

extension Object {
    /// An array as an object whose keys are the indexes.
    package init(indexing items: [Value]) {
        self.init()
        for (index, item) in items.enumerated() { self[Text(String(index))] = item }
    }

    fileprivate init?(collection: Value) {
        switch collection {
        case .object(let object): self = object
        case .array(let items): self.init(indexing: items)
        default: return nil
        }
    }

    fileprivate func looselyEquals(_ other: Object) -> Bool {
        count == other.count
            && allSatisfy { key, value in other[key].map { value.looselyEquals($0) } ?? false }
    }
}

extension Text {
    fileprivate func looselyEquals(_ other: Text) -> Bool {
        if let left = numericForComparison, let right = other.numericForComparison {
            // Integers past 64 bits are only near their decimals.
            if !(left.isOverflown && right.isOverflown) { return Number.compare(left.number, right.number) == .equal }
        }
        return self == other
    }

    fileprivate func compareLoosely(_ other: Text) -> Ordering {
        if let left = numericForComparison, let right = other.numericForComparison,
            !(left.isOverflown && right.isOverflown)
        {
            return Number.compare(left.number, right.number)
        }
        return Ordering(self, other)
    }

    fileprivate func compareLoosely(number: Number) -> Ordering {
        if let own = NumericText.number(self) { return Number.compare(own, number) }
        return Ordering(self, number.value.text)
    }

    private var numericForComparison: NumericText? {
        // Nearly all texts are told apart from numbers by their first byte.
        guard withBytes({ !$0.isEmpty && $0[0] <= UInt8(ascii: "9") }) else { return nil }
        guard let numeric = NumericText(self), numeric.isWhole, !numeric.isZeroWithExponent else { return nil }
        return numeric
    }
}
