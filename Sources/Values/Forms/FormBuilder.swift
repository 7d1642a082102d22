/// Puts fields that are named as PHP names them (`a`, `a[]`, `a[b][c]`) together as one value.
struct FormBuilder {
    private enum Member {
        case value(Value)
        case node(Int)
    }

    /// A PHP array while it grows: named and numbered members in one order.
    private struct Node {
        var keys: [Text] = []
        var members: [Member] = []
        var positions: [Text: Int] = [:]
        /// The number that the next `[]` takes.
        var next: Int64 = 0

        /// Whether the keys are 0, 1, 2 … in this order.
        var isList: Bool {
            !keys.isEmpty && keys.indices.allSatisfy { keys[$0] == Integer.text(Int64($0)) }
        }
    }

    private let maximumDepth: Int
    private var nodes = [Node()]

    init(maximumDepth: Int) {
        self.maximumDepth = min(maximumDepth, Value.maximumDepth - 1)
    }

    mutating func insert(_ name: Text, _ value: Value) throws(FormError) {
        var path = try path(of: name)
        guard let last = path.popLast() else { return }
        var node = 0
        for key in path {
            let position = position(of: key, in: node)
            if case .node(let child) = nodes[node].members[position] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].members[position] = .node(nodes.count - 1)
                node = nodes.count - 1
            }
        }
        nodes[node].members[position(of: last, in: node)] = .value(value)
    }

    func object() -> Object {
        object(of: nodes[0])
    }

    /// The place of a key, made if there is none; an empty key is the next number.
    private mutating func position(of key: Text, in node: Int) -> Int {
        let key = key.isEmpty && node > 0 ? Integer.text(nodes[node].next) : key
        if let position = nodes[node].positions[key] { return position }
        if let number = Integer.parse(key), number >= nodes[node].next, number < .max {
            nodes[node].next = number + 1
        }
        nodes[node].positions[key] = nodes[node].keys.count
        nodes[node].keys.append(key)
        nodes[node].members.append(.value(.null))
        return nodes[node].keys.count - 1
    }

    /// `a[b][]` as `a`, `b` and an empty key. What follows the last bracket is left out; a name whose
    /// first bracket does not close, or that begins with one, is one key.
    private func path(of name: Text) throws(FormError) -> [Text] {
        try name.withBytes { bytes throws(FormError) in
            guard var open = bytes.firstIndex(of: UInt8(ascii: "[")), open > 0,
                bytes.firstIndex(of: UInt8(ascii: "]"), from: open) != nil
            else { return [name] }
            var path = [Text(bytes.extracting(0..<open))]
            while open < bytes.count, bytes[open] == UInt8(ascii: "["),
                let close = bytes.firstIndex(of: UInt8(ascii: "]"), from: open)
            {
                guard path.count <= maximumDepth else { throw .tooDeep(maximumDepth) }
                path.append(Text(bytes.extracting(open + 1..<close)))
                open = close + 1
            }
            return path
        }
    }

    private func object(of node: Node) -> Object {
        var object = Object(capacity: node.keys.count)
        for (key, member) in zip(node.keys, node.members) { object[key] = value(of: member) }
        return object
    }

    private func value(of member: Member) -> Value {
        switch member {
        case .value(let value): value
        case .node(let number) where nodes[number].isList: .array(nodes[number].members.map(value))
        case .node(let number): .object(object(of: nodes[number]))
        }
    }
}
