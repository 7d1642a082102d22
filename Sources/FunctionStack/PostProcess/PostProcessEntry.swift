import Values

/// A `util.post_process` that a run came upon: what is to run once the answer has left, and the variables that it uses.
package struct PostProcessEntry: Sendable {
    /// Which block of the workspace it is: its file, and its place among those of the file.
    package var key: String
    /// JSON, from which the variables come back exactly.
    package var state: [UInt8]

    package init(key: String, state: [UInt8]) {
        self.key = key
        self.state = state
    }

    /// What the stack of the block begins with.
    struct Captured {
        var variables: Object
        var input: Value
    }

    /// - Throws: `StackError` past the nesting that a value may have.
    init(key: String, _ captured: Captured) throws {
        var parts: Object = ["variables": ExactJSON.encoded(.object(captured.variables))]
        if captured.input != .null { parts["input"] = ExactJSON.encoded(captured.input) }
        guard !Value.object(parts).isDeeper(than: Value.maximumDepth) else {
            throw StackError(
                .bound("nesting"),
                "A variable that a util.post_process uses nests too many objects or arrays within each other to be kept")
        }
        self.init(key: key, state: JSON.print(.object(parts)))
    }

    /// - Throws: `StackError` for what was written by something else.
    func captured() throws -> Captured {
        guard let parts = try? JSON.parse(state), case .object(let variables)? = ExactJSON.decoded(parts["variables"]),
            let input = ExactJSON.decoded(parts["input"])
        else { throw StackError.mistake("What was kept of the variables of \(key) can't be read") }
        return Captured(variables: variables, input: input)
    }
}
