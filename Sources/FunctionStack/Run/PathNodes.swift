import Values

/// `base.name`
final class MemberNode: ExpressionNode {
    let base: any ExpressionNode
    let name: Text

    init(_ base: any ExpressionNode, _ name: Text) {
        self.base = base
        self.name = name
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        try base.evaluate(&machine).member(name)
    }
}

/// `$variable.name.name`: no value on the way is copied.
final class SlotPathNode: ExpressionNode {
    let slot: Int
    let names: [Text]

    init(_ slot: Int, _ names: [Text]) {
        self.slot = slot
        self.names = names
    }

    func evaluate(_ machine: inout Machine) -> Value {
        machine.value(of: slot).descendant(names, from: 0)
    }
}

/// `base[index]`
final class SubscriptNode: ExpressionNode {
    let base: any ExpressionNode
    let index: any ExpressionNode

    init(_ base: any ExpressionNode, _ index: any ExpressionNode) {
        self.base = base
        self.index = index
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let value = try base.evaluate(&machine)
        return value.element(try index.evaluate(&machine))
    }
}

/// `base[from:to]`, without the element at `to`; either may be missing.
final class SliceNode: ExpressionNode {
    let base: any ExpressionNode
    let from: (any ExpressionNode)?
    let to: (any ExpressionNode)?

    init(_ base: any ExpressionNode, from: (any ExpressionNode)?, to: (any ExpressionNode)?) {
        self.base = base
        self.from = from
        self.to = to
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let value = try base.evaluate(&machine)
        let start = try from?.evaluate(&machine).integer(for: "a slice") ?? 0
        let end = try to?.evaluate(&machine).integer(for: "a slice")
        guard case .array(let items) = value else {
            if case .null = value { return .null }
            throw StackError.wrongType("a slice", expected: "an array", got: value, remedy: "use substr for text")
        }
        let count = Int64(items.count)
        let first = Self.position(start, in: count)
        let last = max(first, end.map { Self.position($0, in: count) } ?? count)
        try machine.charge(entries: Int(last - first))
        return .array(Array(items[Int(first)..<Int(last)]))
    }

    /// A negative position counts from the end.
    private static func position(_ position: Int64, in count: Int64) -> Int64 {
        position < 0 ? max(0, count + max(position, -count)) : min(position, count)
    }
}

extension Value {
    /// `.name`: a missing key, and what has no keys, reads null. A number is an index of an array.
    func member(_ name: Text) -> Value {
        switch self {
        case .object(let object): return object[name] ?? .null
        case .array(let items):
            guard let index = Int(name.string), items.indices.contains(index) else { return .null }
            return items[index]
        default: return .null
        }
    }

    func descendant(_ names: [Text], from position: Int) -> Value {
        guard position < names.count else { return self }
        return member(names[position]).descendant(names, from: position + 1)
    }

    /// `[index]`
    func element(_ index: Value) -> Value {
        switch (self, index) {
        case (.array(let items), .integer(let position)):
            return position >= 0 && position < Int64(items.count) ? items[Int(position)] : .null
        // As PHP does it: a decimal loses its fraction.
        case (.array, .decimal(let position)):
            return Int64(wholePartOf: position).map { element(.integer($0)) } ?? .null
        // A character, as in PHP; behind the last one there is none.
        case (.text(let text), .integer(let position)):
            guard position >= 0, position < Int64(text.byteCount) else { return .null }
            let character = text.characters(Int(position)..<Int(position) + 1)
            return character.isEmpty ? .null : .text(character)
        case (.object(let object), _):
            return object[index.text] ?? .null
        case (.array, _):
            return member(index.text)
        default:
            return .null
        }
    }
}
