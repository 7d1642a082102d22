import Values

/// Writes values as PHP's forms have them: `a=1&b%5Bc%5D=2&d%5B0%5D=x`, true as 1, false as 0, null left out.
struct FormEncoding {
    /// Of all names and values, in bytes: a deep value repeats its path with each leaf.
    let limit: Int

    func encode(_ value: Value) throws -> Text {
        var output: [UInt8] = []
        try Self.leaves(of: value) { name, leaf in
            if !output.isEmpty { output.append(UInt8(ascii: "&")) }
            PercentEncoding.form.encode(name).append(to: &output)
            output.append(UInt8(ascii: "="))
            PercentEncoding.form.encode(leaf.formText).append(to: &output)
            guard output.count <= limit else { throw StackError.tooLargeToSend(limit) }
        }
        return Text(bytes: output)
    }

    /// Gives each value that is no list and no object under its name, `a[b][0]`.
    static func leaves(
        of value: Value, isLeaf: (Object) -> Bool = { _ in false }, _ body: (Text, Value) throws -> Void
    ) throws {
        var path: [Text] = []
        try visit(value, &path, isLeaf, body)
    }

    private static func visit(
        _ value: Value, _ path: inout [Text], _ isLeaf: (Object) -> Bool, _ body: (Text, Value) throws -> Void
    ) throws {
        switch value {
        case .null: break
        case .object(let object) where path.isEmpty || !isLeaf(object):
            for (key, member) in object {
                path.append(key)
                try visit(member, &path, isLeaf, body)
                path.removeLast()
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                path.append(Integer.text(Int64(index)))
                try visit(item, &path, isLeaf, body)
                path.removeLast()
            }
        // A name is put together for what is written only: many empty lists under one long name cost nothing.
        default: try body(name(path), value)
        }
    }

    private static func name(_ path: [Text]) -> Text {
        var name = path.first ?? Text()
        for key in path.dropFirst() {
            name.append("[")
            name.append(key)
            name.append("]")
        }
        return name
    }
}

extension Value {
    /// The text of a form's field.
    var formText: Text {
        if case .boolean(let isTrue) = self { return isTrue ? "1" : "0" }
        return text
    }
}
