import Values

/// A part of a parsed template.
indirect enum TemplateNode: Sendable {
    case text(Text)
    /// `isEscaped` inside of `autoescape`.
    case output(TemplateExpression, isEscaped: Bool, line: Int)
    case condition([(test: TemplateExpression, body: [TemplateNode])], otherwise: [TemplateNode], line: Int)
    case loop(TemplateLoop)
    case assignment([Text], [TemplateExpression], line: Int)
    /// `{% set x %} … {% endset %}`; what is escaped as it is captured is not escaped again.
    case capture(Text, [TemplateNode], isEscaped: Bool)
    /// `{% with {…} only %} … {% endwith %}`
    case scope(TemplateExpression?, isAlone: Bool, [TemplateNode], line: Int)
    /// `{% apply upper %} … {% endapply %}`
    case apply(TemplateExpression, [TemplateNode], line: Int)
    case evaluation(TemplateExpression, line: Int)
}

/// `{% for key, value in sequence if condition %}`
struct TemplateLoop: Sendable {
    var key: Text?
    var value: Text
    var sequence: TemplateExpression
    var condition: TemplateExpression?
    var body: [TemplateNode]
    var otherwise: [TemplateNode]
    /// Whether the body asks for `loop`.
    var usesLoop: Bool
    var line: Int
}

indirect enum TemplateExpression: Sendable {
    case constant(Value)
    case variable(Text)
    /// `$var.name`: a variable of the stack, whatever the template has set.
    case stackVariable(Text)
    case attribute(TemplateExpression, TemplateExpression)
    case slice(TemplateExpression, start: TemplateExpression?, end: TemplateExpression?)
    case array([TemplateExpression])
    case object([(key: TemplateExpression, value: TemplateExpression)])
    case not(TemplateExpression)
    case negative(TemplateExpression)
    case binary(TemplateOperator, TemplateExpression, TemplateExpression)
    case conditional(TemplateExpression, TemplateExpression, TemplateExpression)
    /// `a ?: b`
    case either(TemplateExpression, TemplateExpression)
    case filter(TemplateFilter, TemplateExpression, [TemplateExpression?])
    case arrowFilter(TemplateArrowFilter, TemplateExpression, TemplateArrow, initial: TemplateExpression?)
    case function(TemplateFunction, [TemplateExpression])
    case test(TemplateTest, TemplateExpression, [TemplateExpression])
}

/// `(value, key) => expression`
struct TemplateArrow: Sendable {
    var parameters: [Text]
    var body: TemplateExpression
}

enum TemplateOperator: String, Sendable {
    case or, xor, and
    case bitOr = "b-or", bitXor = "b-xor", bitAnd = "b-and"
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case identical = "===", notIdentical = "!==", ordering = "<=>"
    case contained = "in", notContained = "not in", matches, startsWith = "starts with", endsWith = "ends with"
    case range = ".."
    case add = "+", subtract = "-", concatenate = "~", multiply = "*", divide = "/", floorDivide = "//", remainder = "%"
    case power = "**", coalesce = "??"

    /// How strongly it binds, as in Twig.
    var precedence: Int {
        switch self {
        case .or: 10
        case .xor: 12
        case .and: 15
        case .bitOr: 16
        case .bitXor: 17
        case .bitAnd: 18
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .identical, .notIdentical, .ordering,
            .contained, .notContained, .matches, .startsWith, .endsWith:
            20
        case .range: 25
        case .add, .subtract: 30
        case .concatenate: 40
        case .multiply, .divide, .floorDivide, .remainder: 60
        case .power: 200
        case .coalesce: 300
        }
    }

    var isRightAssociative: Bool { self == .power || self == .coalesce }
}

/// What `is` asks.
enum TemplateTest: String, Sendable {
    case defined, null, none, empty, even, odd, iterable, sequence, mapping
    case sameAs = "same as"
    case divisibleBy = "divisible by"

    var argumentCount: Int {
        switch self {
        case .sameAs, .divisibleBy: 1
        default: 0
        }
    }
}
