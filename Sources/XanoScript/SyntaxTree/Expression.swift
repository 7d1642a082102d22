/// An expression with the place where it stands.
package struct Expression: Sendable {
    package var kind: Kind
    package var range: SourceRange

    package init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    /// Deeper than `Parser.maximumDepth` no expression is.
    package indirect enum Kind: Sendable {
        case null
        case boolean(Bool)
        case integer(Int64)
        case decimal(Double)
        case text(String)
        /// A bare word where text may stand: `[a, c]`, `{sort: asc}`.
        case word(String)
        /// `now`
        case now
        /// `$x` and `$var.x`, without the dollar sign.
        case variable(String)
        /// `$input`, `$env`, `$auth`, `$db`, `$response`, `$output`, `$error`, `$this`, `$result`, `$index`, `$parent`…
        /// Some stacks assign `$result`, `$index` and others that are not reserved; there the name is a variable's.
        case root(Root)
        /// `$$`
        case element
        /// `base.name`; of `$env.$http_headers` the name is `$http_headers`.
        case member(Expression, name: String)
        /// `base[index]`
        case subscripted(Expression, index: Expression)
        /// `base[from:to]`; `base[]` has neither.
        case slice(Expression, from: Expression?, to: Expression?)
        /// `(from..to)`; both ends belong to it.
        case sequence(from: Expression, to: Expression)
        case array([Expression])
        case object([ObjectEntry])
        case not(Expression)
        case negative(Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// `condition ? first : second`
        case conditional(Expression, Expression, Expression)
        /// `base|name:argument:argument`; of `|uuid` without a base it is null. Calls such as `text.contains(a, b)`
        /// become the filter of the same meaning.
        case filter(Expression, Filter)
        /// `!int "5"`
        case cast(CastType, Expression)
        /// What is left after a syntax error, so that the rest can still be looked at.
        case invalid
    }
}

package enum Root: String, Sendable, CaseIterable {
    case input, env, auth, db, response, output, error, this, result, index, parent, webflow, toolset, args
}

/// `key: value` in an object. The key is `.text` or computed; a disabled entry (`!key: value`) is dropped by the
/// parser.
package struct ObjectEntry: Sendable {
    package var key: Expression
    package var value: Expression

    package init(key: Expression, value: Expression) {
        self.key = key
        self.value = value
    }
}

/// A filter's use, `|name:argument`; also in `filters=trim|min:3` of inputs and columns.
package struct Filter: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var arguments: [Expression]

    package init(name: String, nameRange: SourceRange, arguments: [Expression]) {
        self.name = name
        self.nameRange = nameRange
        self.arguments = arguments
    }
}

package enum CastType: String, Sendable, CaseIterable {
    case int, bool, array, text, expr, decimal, object, timestamp, json
}

/// An operator between two operands. `ignoresNull` is the `?` of `==?`: in a `where` the comparison
/// counts as true when its right side is null.
package struct BinaryOperator: Sendable, Equatable {
    package var kind: Kind
    package var ignoresNull: Bool
    package var range: SourceRange

    package init(_ kind: Kind, ignoresNull: Bool = false, range: SourceRange) {
        self.kind = kind
        self.ignoresNull = ignoresNull
        self.range = range
    }

    package enum Kind: String, Sendable, CaseIterable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
        case concatenate = "~"
        case equal = "==", notEqual = "!=", identical = "===", notIdentical = "!=="
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case and = "&&", or = "||", coalesce = "??"
        // Those of a `where`. `~` there is a match of a regular expression; the lowering decides.
        case contained = "in", notContained = "not in"
        /// The right side of `between 0:10` is an array of the two.
        case between = "between", notBetween = "not between"
        case contains = "contains", notContains = "not contains"
        case includes = "includes", notIncludes = "not includes"
        case overlaps = "overlaps", notOverlaps = "not overlaps"
        case like = "like", notLike = "not like", ilike = "ilike", notIlike = "not ilike"
        case jsonContains = "@>", notMatches = "!~"
    }
}
