import Values
import XanoScript

extension RoutineLowering {
    func lowerFilter(_ base: Expression, _ filter: Filter, _ taking: Taking?) -> any ExpressionNode {
        guard let definition = names.filters[filter.name] else {
            let nearest = names.filters.nearest(to: filter.name)
            report(
                .name, filter.nameRange, "there is no filter `\(filter.name)`",
                remedy: nearest.map { "did you mean `\($0)`?" })
            return lower(base)
        }
        guard check(filter, definition) else { return lower(base) }
        var filter = filter
        filter.arguments = Array(filter.arguments.prefix(definition.arity.upperBound))
        switch definition.implementation {
        case .plain(let implementation):
            let node = lower(base, taking: taking)
            if let header = lowerHeaderLookup(node, filter) { return header }
            let takesPath = elements.isEmpty && Self.filtersByPath.contains(definition.name)
            let arguments = filter.arguments.map { argument in
                let path = takesPath ? argument.elementPath : nil
                return path.map { ConstantNode(.text(Text($0))) } ?? lower(argument)
            }
            let copies = Self.filtersThatCopy.contains(definition.name)
            if node.constant == nil { checkPattern(filter, definition, arguments.first?.constant) }
            let result = FilterNode(node, arguments, copiesInput: copies, implementation)
            let isConstant = node.constant != nil && arguments.allSatisfy { $0.constant != nil }
            return isConstant && definition.isPure ? evaluatedAtLoad(result) : result
        case .element(let implementation):
            return lowerElementFilter(base, filter, implementation, taking)
        case .unsupported(let reason):
            report(.unsupported, filter.nameRange, "the filter `\(filter.name)` is not supported: \(reason)")
            return lower(base)
        }
    }

    /// Filters that give an array or an object back with one place changed.
    private static let filtersThatCopy: Set<String> = [
        "push", "unshift", "append", "prepend", "set", "unset", "set_conditional", "set_ifnotempty", "set_ifnotnull",
    ]

    /// Warns where a pattern stands behind a filter that takes it as its input: `$text|regex_matches:"/a/"`.
    private func checkPattern(_ filter: Filter, _ definition: FilterDefinition, _ first: Value?) {
        guard definition.name.hasPrefix("regex_"), definition.name != "regex_quote", case .text(let text)? = first,
            text.string.hasPrefix("/"), (try? PatternSource(text)) != nil
        else { return }
        report(
            .type, filter.nameRange, "the pattern stands before `\(filter.name)`, the text that it is asked of behind",
            remedy: "write \"\(text)\"|\(filter.name):…", severity: .warning)
    }

    /// Filters that look at a place in each element.
    private static let filtersByPath: Set<String> = ["sort", "index_by", "unique"]

    private func check(_ filter: Filter, _ definition: FilterDefinition) -> Bool {
        let arity = definition.arity
        guard !arity.contains(filter.arguments.count) else { return true }
        let count = arity.lowerBound == arity.upperBound ? "\(arity.lowerBound)" : "\(arity.lowerBound) to \(arity.upperBound)"
        let noun = arity.upperBound == 1 ? "argument" : "arguments"
        // Exports have arguments too many, which Xano passes over.
        let isTooMany = filter.arguments.count > arity.upperBound
        report(
            .type, filter.nameRange,
            "the filter `\(filter.name)` takes \(count) \(noun), not \(filter.arguments.count)",
            remedy: isTooMany ? "the others are passed over; remove them" : nil,
            severity: isTooMany ? .warning : .error)
        return isTooMany
    }

    /// `$env.$http_headers|get:"X-Name"` and `|has:` find the name in any letter case.
    private func lowerHeaderLookup(_ base: any ExpressionNode, _ filter: Filter) -> (any ExpressionNode)? {
        guard let variable = base as? SystemVariableNode, variable.name == .requestHeaders,
            let name = filter.arguments.first
        else { return nil }
        let header = RequestHeaderNode(lower(name))
        switch filter.name {
        case "get":
            guard filter.arguments.count > 1 else { return header }
            return CoalesceNode(header, lower(filter.arguments[1]))
        case "has":
            return EqualityNode(isStrict: true, isNegated: true, header, ConstantNode(.null))
        default: return nil
        }
    }

    private func lowerElementFilter(
        _ base: Expression, _ filter: Filter, _ implementation: @escaping FilterDefinition.Element, _ taking: Taking?
    ) -> any ExpressionNode {
        let node = lower(base, taking: taking)
        let arguments = filter.arguments.dropFirst().map { lower($0) }
        let (slots, needsParent, expression) = lowerElementExpression {
            lower(filter.arguments[0], taking: accumulated(filter))
        }
        return ElementFilterNode(node, expression, slots, needsParent: needsParent, arguments, implementation)
    }

    /// `reduce:($result|push:$$)`: what was accumulated is needed once, so it can grow in place.
    private func accumulated(_ filter: Filter) -> Taking? {
        let name = Self.hiddenName(.result)
        guard filter.name == "reduce", filter.arguments[0].uses(of: name) == 1 else { return nil }
        return Taking(name: name) { _ in true }
    }

    /// Lowers what is evaluated for each element of a list.
    func lowerElementExpression<Node>(
        _ body: () -> Node
    ) -> (slots: ElementFilterNode.Slots, needsParent: Bool, node: Node) {
        let slots = scope.takeElementSlots()
        elements.append(slots)
        parentUses.append(false)
        let node = body()
        elements.removeLast()
        let needsParent = parentUses.removeLast()
        scope.giveBack(slots)
        return (slots, needsParent, node)
    }
}

extension Expression {
    /// The path that `$$.price` names where no expression for each element is asked for but a path in each; `$$` is
    /// the element itself.
    fileprivate var elementPath: String? {
        switch kind {
        case .element: ""
        case .member(let base, let name): base.elementPath.map { $0.isEmpty ? name : $0 + "." + name }
        default: nil
        }
    }
}
