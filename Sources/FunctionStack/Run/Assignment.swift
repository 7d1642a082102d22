import Values

/// Where a value goes: a variable, or a place inside the value of one.
final class Assignment: Sendable {
    enum Step: Sendable {
        case member(Text)
        case element(any ExpressionNode)
        /// `[]`: after the last element.
        case end
    }

    let slot: Int
    let path: [Step]

    init(slot: Int, path: [Step] = []) {
        self.slot = slot
        self.path = path
    }

    func assign(_ value: consuming Value, _ machine: inout Machine) throws {
        if path.isEmpty { return machine.set(slot, value) }
        var value: Value? = consume value
        try update(&machine) { place in
            if let new = value.take() { place = new }
        }
    }

    func read(_ machine: inout Machine) throws -> Value {
        var current = machine.value(of: slot)
        for step in path {
            switch step {
            case .member(let name): current = current.member(name)
            case .element(let index): current = current.element(try index.evaluate(&machine))
            case .end: return .null
            }
        }
        return current
    }

    /// Changes the place without copying what is around it. Missing objects on the way are made.
    func update<Result>(_ machine: inout Machine, _ body: (inout Value) throws -> Result) throws -> Result {
        if path.isEmpty { return try machine.update(slot, body) }
        let keys = try path.map { step in
            switch step {
            case .member(let name): PlaceKey.key(.text(name))
            case .element(let index): PlaceKey.key(try index.evaluate(&machine))
            case .end: PlaceKey.end
            }
        }
        try machine.charge(entries: 1)
        let budget = machine.run.budget
        return try machine.update(slot) { try $0.update(keys[...], budget, body) }
    }
}

/// A step of an assignment's path, once it is known.
enum PlaceKey {
    case key(Value)
    case end
}

extension Value {
    /// Changes what is at a path inside the value, in place.
    mutating func update<Result>(
        _ path: ArraySlice<PlaceKey>, _ budget: Budget, _ body: (inout Value) throws -> Result
    ) throws -> Result {
        guard let first = path.first else { return try body(&self) }
        let rest = path.dropFirst()
        switch self {
        case .null: self = first.beginsArray ? .array([]) : .object([:])
        // Empty, it is an empty object as well, as in PHP.
        case .array(let items) where items.isEmpty && !first.beginsArray: self = .object([:])
        default: break
        }
        if case .array = self {
            let result = try updateArray { items in
                let index = try first.index(in: items)
                guard try items.grow(to: index, budget) else { throw first.isNoIndex(of: items) }
                return try items[index].update(rest, budget, body)
            }
            if let result { return result }
        }
        if case .key(let key) = first {
            let key = key.text
            let result = try updateObject { object in
                if object.position(of: key) == nil { object[key] = .null }
                return try object.position(of: key).map { position in
                    try object.updateValue(at: position) { value throws -> Result in try value.update(rest, budget, body) }
                }
            }
            if let result, let result { return result }
        }
        throw StackError.mistake("A path can't be set inside \(typeName)")
    }
}

extension PlaceKey {
    /// Is the place of an element of an array that is empty yet.
    fileprivate var beginsArray: Bool {
        guard case .key = self else { return true }
        return number.map { 0...Int64([Value].maximumGap) ~= $0 } == true
    }

    /// The index of an array that a key names; `[]` is the place after its last element.
    fileprivate func index(in items: [Value]) throws -> Int {
        guard case .key = self else { return items.count }
        guard let number, number >= 0 else { throw isNoIndex(of: items) }
        return Int(number)
    }

    fileprivate func isNoIndex(of items: [Value]) -> StackError {
        guard case .key(let key) = self else { return StackError.mistake("This array cannot grow") }
        let name = key.text.string.isEmpty ? key.typeName : key.text.string
        return StackError.mistake("\(name) is no index of an array of \(items.count)")
    }

    private var number: Int64? {
        guard case .key(let key) = self else { return nil }
        return switch key {
        case .integer(let number): number
        case .decimal(let number): Int64(wholePartOf: number)
        case .text(let text): Int64(text.string)
        default: nil
        }
    }
}
