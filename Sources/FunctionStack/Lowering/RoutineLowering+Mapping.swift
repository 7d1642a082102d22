import XanoScript

extension RoutineLowering {
    /// `$list[$$].amount`, where no filter around it walks through a list: what the rest of the path gives for each
    /// element, as `$list|map:$$.amount` does. Nil if the path has no `[$$]`.
    func lowerMapping(_ expression: Expression) -> (any ExpressionNode)? {
        guard elements.isEmpty, let (list, rest) = expression.mapping else { return nil }
        if case .element = rest.kind { return lower(list) }
        let map = Filter(name: "map", nameRange: expression.range, arguments: [rest])
        return lowerFilter(list, map, nil)
    }
}

extension Expression {
    /// The list before the last `[$$]` of a path, and the path behind it with the element as its root.
    fileprivate var mapping: (list: Expression, rest: Expression)? {
        switch kind {
        case .subscripted(let list, let index):
            if case .element = index.kind { return (list, index) }
            guard let (whole, rest) = list.mapping else { return nil }
            return (whole, Expression(.subscripted(rest, index: index), range))
        case .member(let base, let name):
            guard let (whole, rest) = base.mapping else { return nil }
            return (whole, Expression(.member(rest, name: name), range))
        case .slice(let base, let from, let to):
            guard let (whole, rest) = base.mapping else { return nil }
            return (whole, Expression(.slice(rest, from: from, to: to), range))
        default:
            return nil
        }
    }
}
