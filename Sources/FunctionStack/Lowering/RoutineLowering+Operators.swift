import Values
import XanoScript

extension RoutineLowering {
    func lowerBinary(
        _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, _ taking: Taking?
    ) -> any ExpressionNode {
        if case .concatenate = symbol.kind { return lowerConcatenation(left, right, taking) }
        let first = lower(left)
        let second = lower(right)
        if symbol.ignoresNull, second.constant == nil, let whole = ignoringNull(symbol.kind, first, second) {
            return whole
        }
        guard let node = node(for: symbol.kind, first, second) else {
            report(
                .type, symbol.range, "the operator `\(symbol.kind.rawValue)` compares columns, so it stands only in a where",
                remedy: symbol.kind.filterInstead.map { "use the filter \($0)" })
            return ConstantNode(.null)
        }
        if symbol.ignoresNull, second.constant == .null { return ConstantNode(.boolean(true)) }
        return first.constant != nil && second.constant != nil ? evaluatedAtLoad(node) : node
    }

    /// `$a ==? $b`: true where the right side is null, as in a `where`, else the comparison.
    private func ignoringNull(
        _ kind: BinaryOperator.Kind, _ left: any ExpressionNode, _ right: any ExpressionNode
    ) -> (any ExpressionNode)? {
        // What is on the right is evaluated once.
        let slot = scope.freshSlot()
        guard let comparison = node(for: kind, left, SlotNode(slot)) else { return nil }
        return NullIgnoringNode(comparison, right: right, slot: slot)
    }

    private func node(
        for kind: BinaryOperator.Kind, _ left: any ExpressionNode, _ right: any ExpressionNode
    ) -> (any ExpressionNode)? {
        switch kind {
        case .add: ArithmeticNode(.add, left, right)
        case .subtract: ArithmeticNode(.subtract, left, right)
        case .multiply: ArithmeticNode(.multiply, left, right)
        case .divide: ArithmeticNode(.divide, left, right)
        case .remainder: ArithmeticNode(.remainder, left, right)
        case .equal: EqualityNode(isStrict: false, isNegated: false, left, right)
        case .notEqual: EqualityNode(isStrict: false, isNegated: true, left, right)
        case .identical: EqualityNode(isStrict: true, isNegated: false, left, right)
        case .notIdentical: EqualityNode(isStrict: true, isNegated: true, left, right)
        case .less: OrderNode(.less, left, right)
        case .lessOrEqual: OrderNode(.lessOrEqual, left, right)
        case .greater: OrderNode(.greater, left, right)
        case .greaterOrEqual: OrderNode(.greaterOrEqual, left, right)
        case .and: AndNode(left, right)
        case .or: OrNode(left, right)
        case .coalesce: CoalesceNode(left, right)
        default: nil
        }
    }

    private func lowerConcatenation(_ left: Expression, _ right: Expression, _ taking: Taking?) -> any ExpressionNode {
        var operands = [right]
        var first = left
        while case .binary(let symbol, let earlier, let later) = first.kind, symbol.kind == .concatenate {
            operands.append(later)
            first = earlier
        }
        let parts = [lower(first, taking: taking)] + operands.reversed().map { lower($0) }
        let node = ConcatenationNode(parts)
        return parts.allSatisfy { $0.constant != nil } ? evaluatedAtLoad(node) : node
    }

    func lowerCast(_ type: CastType, _ operand: Expression, _ range: SourceRange) -> any ExpressionNode {
        let node = lower(operand)
        let convert: @Sendable (Value) throws -> Value
        switch type {
        case .int: convert = { $0 == .null ? .null : .integer(try $0.toInteger()) }
        case .decimal: convert = { $0 == .null ? .null : .decimal(try $0.toDecimal()) }
        case .bool: convert = { $0 == .null ? .null : .boolean($0.toBoolean()) }
        case .text: convert = { $0 == .null ? .null : .text($0.text) }
        case .array, .object, .json: return lowerFilterCast("json_decode", node, onlyText: true, range)
        case .timestamp: return lowerFilterCast("to_timestamp", node, onlyText: false, range)
        case .expr: return lowerFilterCast("to_expr", node, onlyText: true, range)
        }
        let cast = CastNode(node, convert)
        return node.constant == nil ? cast : evaluatedAtLoad(cast)
    }

    /// A cast that does what a filter does; with `onlyText` what is no text stays as it is.
    private func lowerFilterCast(
        _ name: String, _ node: any ExpressionNode, onlyText: Bool, _ range: SourceRange
    ) -> any ExpressionNode {
        guard case .plain(let implementation)? = names.filters[name]?.implementation else {
            report(.unsupported, range, "this cast needs the filter \(name), which is not supported")
            return ConstantNode(.null)
        }
        if let constant = node.constant, onlyText {
            guard case .text = constant else { return node }
        }
        let filter = FilterNode(node, []) { input, arguments, context in
            if onlyText {
                guard case .text = input else { return input }
            }
            return try implementation(input, arguments, context)
        }
        return node.constant != nil && names.filters[name]?.isPure == true ? evaluatedAtLoad(filter) : filter
    }
}

extension BinaryOperator.Kind {
    /// The filter that does outside a where what the operator does inside.
    fileprivate var filterInstead: String? {
        switch self {
        case .contained, .notContained: "in"
        case .contains, .notContains, .includes, .notIncludes: "contains"
        case .overlaps, .notOverlaps: "intersect"
        case .like, .notLike, .ilike, .notIlike: "icontains"
        case .notMatches: "regex_matches"
        default: nil
        }
    }
}
