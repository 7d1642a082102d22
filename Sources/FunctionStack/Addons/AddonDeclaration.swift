import Values
import XanoScript

/// An `addon` of the workspace: a query with inputs, which others add to their records.
struct AddonDeclaration: Sendable {
    /// Its number among the routines.
    let routine: Int
    let body: FunctionBody
    /// Whether its query gives its records in the envelope of a page.
    let isPaged: Bool
    /// What its query gives where it finds nothing.
    let nothing: Value

    /// The variable of a result that nobody named.
    private static let result = "$addon"

    init(routine: Int, attributes: [Attribute], blocks: [Block]) {
        self.routine = routine
        var body = FunctionBody()
        body.attributes = attributes
        body.inputs = blocks.first { $0.name == "input" }?.columns ?? []
        body.stack = blocks.first { $0.name == "stack" }?.statements ?? []
        body.response = attributes.first { $0.name == "response" }?.value
        let query = body.stack.firstIndex { $0.name == "db.query" && !$0.isDisabled }
        if let query, body.response == nil {
            let name = body.stack[query].result ?? Self.result
            body.stack[query].result = name
            body.response = Expression(.variable(name), body.stack[query].nameRange)
        }
        let returned = query.flatMap { body.stack[$0][attribute: "return"]?.value }
        let type = returned?.entry("type")?.constantText ?? "list"
        self.body = body
        isPaged = ["list", "aggregate"].contains(type) && returned?.entry("paging").map { !$0.isUnwrapped } ?? false
        nothing =
            switch type {
            case "single": .null
            case "count": 0
            case "exists": false
            default: .array([])
            }
    }
}

extension Expression {
    /// Whether it is paging without the envelope.
    fileprivate var isUnwrapped: Bool {
        if case .boolean(false)? = entry("metadata")?.kind { true } else { false }
    }

    /// The members of a root that are named in it: of `$output.a.b` it is `a`.
    func members(of root: Root) -> Set<String> {
        switch kind {
        case .member(let base, let name):
            if case .root(root) = base.kind { return [name] }
            return base.members(of: root)
        case .not(let base), .negative(let base), .cast(_, let base): return base.members(of: root)
        case .subscripted(let base, let index): return base.members(of: root).union(index.members(of: root))
        case .binary(_, let left, let right), .sequence(let left, let right):
            return left.members(of: root).union(right.members(of: root))
        case .array(let items): return items.reduce(into: []) { $0.formUnion($1.members(of: root)) }
        case .object(let entries): return entries.reduce(into: []) { $0.formUnion($1.value.members(of: root)) }
        case .conditional(let test, let first, let second):
            return [test, first, second].reduce(into: []) { $0.formUnion($1.members(of: root)) }
        case .filter(let base, let filter):
            return filter.arguments.reduce(into: base.members(of: root)) { $0.formUnion($1.members(of: root)) }
        default: return []
        }
    }
}
