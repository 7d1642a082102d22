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
        return try machine.update(slot) { try $0.update(keys[...], body) }
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
        _ path: ArraySlice<PlaceKey>, _ body: (inout Value) throws -> Result
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
                if index == items.count { items.append(.null) }
                return try items[index].update(rest, body)
            }
            if let result { return result }
        }
        if case .key(let key) = first {
            let key = key.text
            let result = try updateObject { object in
                if object.position(of: key) == nil { object[key] = .null }
                return try object.position(of: key).map { position in
                    try object.updateValue(at: position) { value throws -> Result in try value.update(rest, body) }
                }
            }
            if let result, let result { return result }
        }
        throw StackError.mistake("A path can't be set inside \(typeName)")
    }
}

extension PlaceKey {
    /// Is the place of an array's first element.
    fileprivate var beginsArray: Bool {
        switch self {
        case .end, .key(.integer(0)): true
        case .key(.text(let text)): text == "0"
        default: false
        }
    }

    /// The index of an array that a key names; the count of the array is the place after its last element.
    fileprivate func index(in items: [Value]) throws -> Int {
        guard case .key(let key) = self else { return items.count }
        let number: Int64? =
            switch key {
            case .integer(let number): number
            case .decimal(let number): Int64(wholePartOf: number)
            case .text(let text): Int64(text.string)
            default: nil
            }
        guard let number, number >= 0, number <= Int64(items.count) else {
            throw StackError.mistake(
                "\(key.text.string.isEmpty ? key.typeName : key.text.string) is no index of an array of \(items.count)")
        }
        return Int(number)
    }
}
