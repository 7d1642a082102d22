import Values

/// Makes expressions of tokens, by the grammar of Twig.
struct TemplateExpressionParser {
    private let tokens: [TemplateToken]
    private let line: Int
    private var index = 0
    private var depth = 0
    /// Operators, filters and accesses so far.
    private var links = 0
    private static let maximumLinks = 2_000

    init(_ tokens: [TemplateToken], line: Int) {
        self.tokens = tokens
        self.line = line
    }

    /// An expression that is all there is.
    mutating func parseAll() throws -> TemplateExpression {
        let expression = try parseExpression()
        try expectEnd()
        return expression
    }

    mutating func parseExpression() throws -> TemplateExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= TemplateParser.maximumDepth else {
            throw error("expressions are nested more than \(TemplateParser.maximumDepth) deep")
        }
        let condition = try parseBinary(0)
        if skip("?:") { return .either(condition, try parseExpression()) }
        guard skip("?") else { return condition }
        let first = try parseExpression()
        guard skip(":") else { return .conditional(condition, first, .constant(.text(""))) }
        return .conditional(condition, first, try parseExpression())
    }

    /// What stands in a row is a tree as deep as the row is long, which is worked through by recursion.
    private mutating func link() throws {
        links += 1
        guard links <= Self.maximumLinks else {
            throw error("an expression has more than \(Self.maximumLinks) parts; put some of them into a variable with {% set %}")
        }
    }

    private mutating func parseBinary(_ minimum: Int) throws -> TemplateExpression {
        var left = try parseUnary()
        while case .symbol(let symbol) = tokens[safe: index]?.kind {
            if symbol == "is" || symbol == "is not" {
                guard minimum <= 100 else { break }
                try link()
                index += 1
                left = try parseTest(of: left, isNegated: symbol == "is not")
                continue
            }
            let name = symbol == "&&" ? "and" : symbol == "||" ? "or" : symbol
            guard let operation = TemplateOperator(rawValue: name), operation.precedence >= minimum else { break }
            try link()
            index += 1
            let right = try parseBinary(operation.precedence + (operation.isRightAssociative ? 0 : 1))
            left = .binary(operation, left, right)
        }
        return left
    }

    private mutating func parseUnary() throws -> TemplateExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= TemplateParser.maximumDepth else {
            throw error("expressions are nested more than \(TemplateParser.maximumDepth) deep")
        }
        if skip("not") || skip("!") { return .not(try parseBinary(50)) }
        if skip("-") { return .negative(try parseBinary(500)) }
        if skip("+") { return try parseBinary(500) }
        return try parsePostfix(parsePrimary())
    }

    private mutating func parsePrimary() throws -> TemplateExpression {
        guard let token = tokens[safe: index] else { throw error("an expression is missing here") }
        index += 1
        switch token.kind {
        case .number(let value): return .constant(value)
        case .text(let text): return .constant(.text(text))
        case .name(let name): return try parseName(name, token)
        case .symbol("("):
            let inner = try parseExpression()
            try expect(")", "at the end of the parentheses")
            return inner
        case .symbol("["): return .array(try parseList(until: "]"))
        case .symbol("{"): return try parseObject()
        case .symbol(let symbol): throw error("unexpected \(symbol)", at: token)
        }
    }

    private mutating func parseName(_ name: Text, _ token: TemplateToken) throws -> TemplateExpression {
        if token.hasDollar {
            guard name == "var", skip(".") else { return .variable(name) }
            return .stackVariable(try parseName())
        }
        if skip("(") {
            guard let function = TemplateFunction(rawValue: name.string) else {
                throw error("there is no function \(name); there are \(TemplateFunction.names)", at: token)
            }
            let arguments = try parseArguments(of: function, token)
            guard function.argumentCount.contains(arguments.count) else {
                throw error("\(name)() does not take \(arguments.count) arguments", at: token)
            }
            return .function(function, arguments)
        }
        switch name.string.lowercased() {
        case "true": return .constant(true)
        case "false": return .constant(false)
        case "null", "none": return .constant(.null)
        default: return .variable(name)
        }
    }

    /// Arguments in their order, or by name; null where one in between is missing.
    private mutating func parseArguments(
        of function: TemplateFunction, _ token: TemplateToken
    ) throws -> [TemplateExpression] {
        var arguments: [TemplateExpression] = []
        while !skip(")") {
            if let name = skipArgumentName() {
                guard let position = function.parameters.firstIndex(of: name) else {
                    throw error("\(function.rawValue)() has no parameter \(name)", at: token)
                }
                while arguments.count <= position { arguments.append(.constant(.null)) }
                arguments[position] = try parseExpression()
            } else {
                arguments.append(try parseExpression())
            }
            if skip(",") { continue }
            try expect(")", "or a comma")
            break
        }
        return arguments
    }

    /// The name before `=` or `:`.
    private mutating func skipArgumentName() -> String? {
        guard case .name(let name) = tokens[safe: index]?.kind, isAt("=", at: index + 1) || isAt(":", at: index + 1) else {
            return nil
        }
        index += 2
        return name.string
    }

    /// The elements of an array, or the arguments of a test.
    private mutating func parseList(until close: String) throws -> [TemplateExpression] {
        var elements: [TemplateExpression] = []
        while !skip(close) {
            elements.append(try parseExpression())
            if skip(",") { continue }
            try expect(close, "or a comma")
            break
        }
        return elements
    }

    private mutating func parseObject() throws -> TemplateExpression {
        var entries: [(key: TemplateExpression, value: TemplateExpression)] = []
        while !skip("}") {
            let key = try parseKey()
            // `{name}` is `{name: name}`.
            if case .constant(.text(let name)) = key, isAt(",") || isAt("}") {
                entries.append((key, .variable(name)))
            } else {
                try expect(":", "after the key")
                entries.append((key, try parseExpression()))
            }
            if skip(",") { continue }
            try expect("}", "or a comma")
            break
        }
        return .object(entries)
    }

    private mutating func parseKey() throws -> TemplateExpression {
        guard let token = tokens[safe: index] else { throw error("a key is missing here") }
        index += 1
        switch token.kind {
        case .name(let name), .text(let name): return .constant(.text(name))
        case .number(let number): return .constant(.text(number.text))
        case .symbol("("):
            let key = try parseExpression()
            try expect(")", "at the end of the key")
            return key
        case .symbol(let symbol):
            guard symbol.utf8.first?.isASCIILetter == true else { throw error("unexpected \(symbol)", at: token) }
            return .constant(.text(symbol))
        }
    }

    private mutating func parsePostfix(_ start: TemplateExpression) throws -> TemplateExpression {
        var expression = start
        while true {
            if isAt(".") || isAt("[") || isAt("|") { try link() }
            if skip(".") {
                expression = .attribute(expression, try parseAttribute())
            } else if skip("[") {
                expression = try parseSubscript(of: expression)
            } else if skip("|") {
                expression = try parseFilter(of: expression)
            } else {
                return expression
            }
        }
    }

    private mutating func parseAttribute() throws -> TemplateExpression {
        guard let token = tokens[safe: index] else { throw error("a name is missing after the point") }
        index += 1
        let key: TemplateExpression
        switch token.kind {
        case .name(let name): key = .constant(.text(name))
        case .number(let number): key = .constant(number)
        // Words that are operators elsewhere are names here.
        case .symbol(let symbol) where symbol.utf8.first?.isASCIILetter == true: key = .constant(.text(symbol))
        // `.(name)` has the name computed.
        case .symbol("("):
            key = try parseExpression()
            try expect(")", "at the end of the name")
        default: throw error("a name must follow the point", at: token)
        }
        guard !isAt("(") else { throw error("values have no methods", at: token) }
        return key
    }

    /// `[key]`, `[start:end]`
    private mutating func parseSubscript(of expression: TemplateExpression) throws -> TemplateExpression {
        let start = isAt(":") ? nil : try parseExpression()
        guard skip(":") else {
            try expect("]", "at the end of the key")
            return .attribute(expression, start ?? .constant(.null))
        }
        let length = isAt("]") ? nil : try parseExpression()
        try expect("]", "at the end of the slice")
        return .slice(expression, start: start, end: length)
    }

    /// `apply` has filters without anything before them.
    mutating func parseFilters(of expression: TemplateExpression) throws -> TemplateExpression {
        var expression = try parseFilter(of: expression)
        while skip("|") {
            try link()
            expression = try parseFilter(of: expression)
        }
        try expectEnd()
        return expression
    }

    private mutating func parseFilter(of expression: TemplateExpression) throws -> TemplateExpression {
        guard let token = tokens[safe: index], case .name(let name) = token.kind, !token.hasDollar else {
            throw error("the name of a filter must follow the |")
        }
        index += 1
        if let filter = TemplateArrowFilter(rawValue: name.string), let arrow = try parseArrow(filter, token) {
            var initial: TemplateExpression?
            if skip(",") { initial = try parseExpression() }
            try expect(")", "at the end of \(name)")
            return .arrowFilter(filter, expression, arrow, initial: initial)
        }
        guard let filter = TemplateFilter.named(name.string) else {
            throw error("there is no filter \(name)\(TemplateFilter.hint(for: name.string))", at: token)
        }
        return .filter(filter, expression, skip("(") ? try parseArguments(of: filter, token) : [])
    }

    /// Arguments in their order, or by name.
    private mutating func parseArguments(
        of filter: TemplateFilter, _ token: TemplateToken
    ) throws -> [TemplateExpression?] {
        var arguments: [TemplateExpression?] = []
        while !skip(")") {
            if let name = skipArgumentName() {
                guard let position = filter.parameters.firstIndex(of: name) else {
                    throw error("the filter \(filter.name) has no parameter \(name)", at: token)
                }
                while arguments.count <= position { arguments.append(nil) }
                arguments[position] = try parseExpression()
            } else {
                arguments.append(try parseExpression())
            }
            if skip(",") { continue }
            try expect(")", "or a comma")
            break
        }
        guard arguments.count <= filter.parameters.count || filter.isVariadic else {
            throw error("the filter \(filter.name) takes at most \(filter.parameters.count) arguments", at: token)
        }
        return arguments
    }

    /// `(v => …`, `((v, k) => …`; nil if there is none.
    private mutating func parseArrow(
        _ filter: TemplateArrowFilter, _ token: TemplateToken
    ) throws -> TemplateArrow? {
        let start = index
        guard skip("(") else {
            guard filter == .sort else { throw error("\(filter.rawValue) needs an expression, as in v => v.name", at: token) }
            return nil
        }
        var parameters: [Text] = []
        let isList = skip("(")
        while case .name(let name) = tokens[safe: index]?.kind {
            parameters.append(name)
            index += 1
            guard isList, skip(",") else { break }
        }
        guard !parameters.isEmpty, !isList || skip(")"), skip("=>") else {
            index = start
            guard filter == .sort else { throw error("\(filter.rawValue) needs an expression, as in v => v.name", at: token) }
            return nil
        }
        return TemplateArrow(parameters: parameters, body: try parseExpression())
    }

    private mutating func parseTest(of expression: TemplateExpression, isNegated: Bool) throws -> TemplateExpression {
        guard let token = tokens[safe: index], case .name(let first) = token.kind else {
            throw error("the name of a test must follow is")
        }
        index += 1
        var name = first.string
        if case .name(let second) = tokens[safe: index]?.kind, TemplateTest(rawValue: name + " " + second.string) != nil {
            name += " " + second.string
            index += 1
        }
        let older = ["sameas": "same as", "divisibleby": "divisible by"]
        guard let test = TemplateTest(rawValue: older[name] ?? name) else {
            throw error("there is no test \(name)", at: token)
        }
        var arguments: [TemplateExpression] = []
        if test.argumentCount > 0 { arguments = skip("(") ? try parseList(until: ")") : [try parsePostfix(parsePrimary())] }
        guard arguments.count == test.argumentCount else { throw error("\(name) takes one argument", at: token) }
        let result = TemplateExpression.test(test, expression, arguments)
        return isNegated ? .not(result) : result
    }
}

extension TemplateExpressionParser {
    /// A variable's name.
    mutating func parseName() throws -> Text {
        guard case .name(let name) = tokens[safe: index]?.kind else { throw error("a name is missing here") }
        index += 1
        return name
    }

    mutating func skip(_ symbol: String) -> Bool {
        guard isAt(symbol) else { return false }
        index += 1
        return true
    }

    mutating func skipName(_ name: Text) -> Bool {
        guard case .name(name) = tokens[safe: index]?.kind else { return false }
        index += 1
        return true
    }

    mutating func expect(_ symbol: String, _ place: String) throws {
        guard skip(symbol) else { throw error("expected \(symbol) \(place)") }
    }

    mutating func expectEnd() throws {
        guard let token = tokens[safe: index] else { return }
        throw error("unexpected \(Self.shown(token))", at: token)
    }

    private func isAt(_ symbol: String, at place: Int? = nil) -> Bool {
        tokens[safe: place ?? index]?.kind == .symbol(symbol)
    }

    private func error(_ reason: String, at token: TemplateToken? = nil) -> StackError {
        TemplateError.make((token ?? tokens[safe: index])?.line ?? tokens.last?.line ?? line, reason)
    }

    private static func shown(_ token: TemplateToken) -> String {
        switch token.kind {
        case .name(let text): text.string
        case .number(let value): value.text.string
        case .text: "text"
        case .symbol(let symbol): symbol
        }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
