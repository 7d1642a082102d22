import Values

/// One run of a template.
struct TemplateRenderer {
    /// The name under which `apply` keeps what its filters get; nobody can write it.
    static let appliedName: Text = "{apply}"

    private(set) var output: [UInt8] = []
    let context: FilterContext
    private let variables: (Text) -> Value?
    /// Gives what stands for an output, where it is not its text.
    private let placeholder: ((Value) throws -> Text)?
    /// What the template itself has set, and the variables of its loops.
    var locals: [Text: Value] = [:]
    /// Those of them that hold HTML.
    private var markup: Set<Text> = []
    /// Inside of `{% with … only %}` the variables of the stack are out of sight.
    private var isAlone = false

    init(
        context: FilterContext, placeholder: ((Value) throws -> Text)? = nil, variables: @escaping (Text) -> Value?
    ) {
        self.context = context
        self.placeholder = placeholder
        self.variables = variables
    }

    func variable(_ name: Text) -> Value? {
        locals[name] ?? (isAlone ? nil : variables(name))
    }

    /// A variable of the stack, whatever the template has set.
    func stackVariable(_ name: Text) -> Value? {
        guard case .object(let all) = variables("var") else { return variables(name) }
        return all[name]
    }

    mutating func render(_ nodes: [TemplateNode]) throws {
        for node in nodes {
            try context.budget.charge(steps: 1)
            try render(node)
        }
    }

    private mutating func render(_ node: TemplateNode) throws {
        switch node {
        case .text(let text): try append(text)
        case .output(let expression, let isEscaped, let line):
            let value = try at(line) { try $0.evaluate(expression) }
            if let placeholder {
                let text = try at(line) { _ in try placeholder(value) }
                return try append(text)
            }
            let text = try text(value)
            try append(isEscaped && !isSafe(expression) ? TemplateEscaping.html(text) : text)
        case .condition(let branches, let otherwise, let line):
            for branch in branches where try at(line, { try $0.evaluate(branch.test).isTruthy }) {
                return try render(branch.body)
            }
            try render(otherwise)
        case .loop(let loop): try render(loop)
        case .assignment(let names, let expressions, let line):
            let values = try at(line) { renderer in try expressions.map { try renderer.evaluate($0) } }
            for (name, value) in zip(names, values) { locals[name] = value }
            markup.subtract(names)
        case .capture(let name, let body, let isEscaped):
            locals[name] = .text(try capture(body))
            if isEscaped { markup.insert(name) } else { markup.remove(name) }
        case .scope(let variables, let isAlone, let body, let line):
            try render(body, with: variables, isAlone: isAlone, line: line)
        case .apply(let expression, let body, let line):
            locals[Self.appliedName] = .text(try capture(body))
            let value = try at(line) { try $0.evaluate(expression) }
            locals[Self.appliedName] = nil
            try append(TemplateText.text(value))
        case .evaluation(let expression, let line):
            _ = try at(line) { try $0.evaluate(expression) }
        }
    }

    private mutating func render(
        _ body: [TemplateNode], with variables: TemplateExpression?, isAlone: Bool, line: Int
    ) throws {
        let added = try at(line) { renderer -> Object in
            switch try variables.map({ try renderer.evaluate($0) }) {
            case nil, .null: return [:]
            case .object(let object): return object
            default: throw StackError.mistake("with takes an object")
            }
        }
        let before = (locals, markup, self.isAlone)
        defer { (locals, markup, self.isAlone) = before }
        if isAlone { (locals, markup, self.isAlone) = ([:], [], true) }
        for (name, value) in added {
            locals[name] = value
            markup.remove(name)
        }
        try render(body)
    }

    /// Whether what it gives is HTML already.
    private func isSafe(_ expression: TemplateExpression) -> Bool {
        switch expression {
        case .filter(let filter, _, _): filter.isSafe
        case .constant: true
        case .variable(let name): markup.contains(name)
        case .conditional(_, let first, let second): isSafe(first) && isSafe(second)
        default: false
        }
    }

    /// A value as it is put out; arrays and objects as JSON.
    private func text(_ value: Value) throws -> Text {
        value.isCollection ? try context.json(value).text : TemplateText.text(value)
    }

    private mutating func append(_ text: Text) throws {
        try context.budget.charge(bytes: text.byteCount)
        text.append(to: &output)
    }

    /// What nodes would put out.
    private mutating func capture(_ body: [TemplateNode]) throws -> Text {
        let start = output.count
        try render(body)
        let text = Text(contentsOf: output[start...])
        output.removeSubrange(start...)
        return text
    }

    /// Errors of expressions get the line.
    private mutating func at<Result>(_ line: Int, _ body: (inout TemplateRenderer) throws -> Result) throws -> Result {
        do {
            return try body(&self)
        } catch var error as StackError {
            if case .bound = error.kind { throw error }
            if !error.message.hasPrefix("Template, line") {
                error.message = Text("Template, line \(line): \(error.message)")
            }
            throw error
        }
    }

    private mutating func render(_ loop: TemplateLoop) throws {
        let entries = try at(loop.line) { try $0.entries(of: loop) }
        guard !entries.isEmpty else { return try render(loop.otherwise) }
        let before = locals
        let parent = locals["loop"]
        for (index, entry) in entries.enumerated() {
            try context.budget.charge(steps: 1)
            if let key = loop.key { locals[key] = entry.key }
            locals[loop.value] = entry.value
            markup.remove(loop.value)
            if loop.usesLoop { locals["loop"] = .object(Self.state(index, count: entries.count, parent: parent)) }
            try render(loop.body)
        }
        // Variables that there were before keep what the body has set; its own are gone.
        var after = before
        for (name, value) in locals where before[name] != nil || variables(name) != nil { after[name] = value }
        for name in [loop.key, loop.value, "loop"] {
            if let name { after[name] = before[name] }
        }
        locals = after
    }

    private mutating func entries(of loop: TemplateLoop) throws -> [(key: Value, value: Value)] {
        let entries: [(key: Value, value: Value)]
        switch try evaluate(loop.sequence) {
        case .array(let items): entries = items.enumerated().map { (.integer(Int64($0)), $1) }
        case .object(let object): entries = object.map { (.text($0.key), $0.value) }
        default: return []
        }
        try context.chargeElements(entries.count)
        guard let condition = loop.condition else { return entries }
        let before = locals
        defer { locals = before }
        return try entries.filter { entry in
            if let key = loop.key { locals[key] = entry.key }
            locals[loop.value] = entry.value
            return try evaluate(condition).isTruthy
        }
    }

    private static func state(_ index: Int, count: Int, parent: Value?) -> Object {
        var state: Object = [
            "index": .integer(Int64(index + 1)), "index0": .integer(Int64(index)),
            "revindex": .integer(Int64(count - index)), "revindex0": .integer(Int64(count - index - 1)),
            "first": .boolean(index == 0), "last": .boolean(index == count - 1), "length": .integer(Int64(count)),
        ]
        if let parent { state["parent"] = ["loop": parent] }
        return state
    }
}
