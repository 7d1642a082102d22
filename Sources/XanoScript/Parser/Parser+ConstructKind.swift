import Values

extension Parser {
    /// Gives the entries of a construct their types. What a construct of its own type does not know is an error:
    /// a misspelt `response` would otherwise be a construct without one.
    mutating func kind(_ keyword: String, _ body: Body, _ nameRange: SourceRange) -> Construct.Kind {
        if let known = ConstructKeywords.attributes(of: keyword) {
            for attribute in body.attributes where !known.contains(attribute.name) {
                report(
                    .name, attribute.nameRange,
                    "\(Self.article(keyword)) \(keyword) has no attribute `\(attribute.name)`",
                    NearestName.of(attribute.name, among: known).map { "did you mean `\($0)`?" })
            }
        }
        checkSingleBlocks(body)
        checkDescriptions(body.attributes)
        switch keyword {
        case "query": return .query(query(body, nameRange))
        case "function": return .function(function(body))
        case "middleware": return .middleware(middleware(body))
        case "table": return .table(table(body))
        case "api_group": return .apiGroup(apiGroup(body, nameRange))
        case "branch": return .branch(branch(body))
        case "workspace":
            var settings = WorkspaceSettings()
            settings.attributes = body.attributes
            settings.middleware = branch(body).middleware
            return .workspace(settings)
        case "task": return .task(task(body))
        case "workflow_test": return .workflowTest(workflowTest(body))
        default:
            return .other(keyword: keyword, attributes: body.attributes, blocks: body.blocks)
        }
    }

    static func article(_ keyword: String) -> String {
        "aeiou".contains(keyword.prefix(1)) ? "an" : "a"
    }

    private mutating func checkSingleBlocks(_ body: Body) {
        var first: [String: SourceRange] = [:]
        for block in body.blocks where block.name != "test" {
            guard let range = first[block.name] else {
                first[block.name] = block.nameRange
                continue
            }
            report(
                .name, block.nameRange, "there are two blocks `\(block.name)`", "join the two",
                notes: [Diagnostic.Note(file: file, range: range, message: "the first one is here")])
        }
    }

    private mutating func query(_ body: Body, _ nameRange: SourceRange) -> Query {
        var query = Query()
        query.body = functionBody(body, except: ["verb", "api_group", "auth", "middleware"])
        query.middleware = middlewareUse(in: body.attributes)
        query.authentication = body.attributes.first { $0.name == "auth" }
        if let group = body.attributes.first(where: { $0.name == "api_group" }), let name = plainText(group) {
            query.apiGroup = name
            query.apiGroupRange = group.value.range
        }
        guard let verb = body.attributes.first(where: { $0.name == "verb" }) else {
            report(
                .syntax, nameRange, "a query without a verb is taken to be a GET", "write verb=POST behind its name",
                severity: .warning)
            return query
        }
        if let name = plainText(verb), let known = Verb(rawValue: name.uppercased()) {
            query.verb = known
        } else {
            report(
                .name, verb.value.range, "there is no verb `\(text(verb.value.range))`",
                "the verbs are GET, POST, PUT, PATCH, DELETE and HEAD")
        }
        return query
    }

    private mutating func function(_ body: Body) -> Function {
        var function = Function()
        function.body = functionBody(body, except: ["middleware"])
        function.middleware = middlewareUse(in: body.attributes)
        return function
    }

    private mutating func middleware(_ body: Body) -> Middleware {
        var middleware = Middleware()
        middleware.body = functionBody(body, except: ["exception_policy", "response_strategy"])
        if let policy = choice("exception_policy", in: body, of: ["silent", "rethrow", "critical"]) {
            middleware.exceptionPolicy = Middleware.ExceptionPolicy(rawValue: policy) ?? .rethrow
        }
        if let strategy = choice("response_strategy", in: body, of: ["merge", "replace"]) {
            middleware.responseStrategy = Middleware.ResponseStrategy(rawValue: strategy) ?? .merge
        }
        return middleware
    }

    private mutating func choice(_ name: String, in body: Body, of choices: [String]) -> String? {
        guard let attribute = body.attributes.first(where: { $0.name == name }) else { return nil }
        if let value = plainText(attribute, reports: false), choices.contains(value) { return value }
        report(
            .name, attribute.value.range, "`\(name)` cannot be \(text(attribute.value.range))",
            "it is \(choices.map { "\"\($0)\"" }.joined(separator: " or "))")
        return nil
    }

    mutating func functionBody(_ body: Body, except typed: Set<String>) -> FunctionBody {
        var result = FunctionBody()
        result.response = body.attributes.first { $0.name == "response" }?.value
        result.attributes = body.attributes.filter { $0.name != "response" && !typed.contains($0.name) }
        for block in body.blocks {
            switch block.name {
            case "input": result.inputs = block.columns
            case "stack": result.stack = block.statements
            case "test": result.tests.append(unitTest(block, among: result.tests))
            default: break
            }
        }
        return result
    }

    private mutating func unitTest(_ block: Block, among others: [UnitTest]) -> UnitTest {
        var name = ""
        var nameRange = block.nameRange
        if case .name(let given, let range)? = block.subject { (name, nameRange) = (given, range) }
        if name.isEmpty { report(.syntax, nameRange, "a test needs a name", "write test \"what it shows\" { … }") }
        if let other = others.first(where: { $0.name == name }) {
            report(
                .name, nameRange, "there are two tests of this name", "give each a name of its own",
                notes: [Diagnostic.Note(file: file, range: other.nameRange, message: "the first one is here")])
        }
        var test = UnitTest(
            name: name, nameRange: nameRange, input: block[attribute: "input"]?.value,
            datasource: block[attribute: "datasource"]?.value, expectations: block.statements)
        test.attributes = block.attributes.filter { $0.name != "input" && $0.name != "datasource" }
        return test
    }

    private mutating func apiGroup(_ body: Body, _ nameRange: SourceRange) -> APIGroup {
        var group = APIGroup()
        group.attributes = body.attributes.filter { !["canonical", "middleware", "active"].contains($0.name) }
        group.middleware = middlewareUse(in: body.attributes)
        if let active = body.attributes.first(where: { $0.name == "active" }), case .boolean(false) = active.value.kind
        {
            group.isActive = false
        }
        if let canonical = body.attributes.first(where: { $0.name == "canonical" }), let name = plainText(canonical) {
            group.canonical = name
            group.canonicalRange = canonical.value.range
            if name.isEmpty || name.contains("/") || name.contains(":") {
                report(
                    .syntax, canonical.value.range, "this cannot be a canonical",
                    "it is the part of the address behind `/api:`: letters, digits, dashes")
            }
        }
        return group
    }

    /// A text or a bare word; anything else cannot be known before it runs.
    mutating func plainText(_ attribute: Attribute, reports: Bool = true) -> String? {
        switch attribute.value.kind {
        case .text(let text): return text
        case .word(let word): return word
        case .invalid: return nil
        default:
            if reports {
                report(
                    .type, attribute.value.range, "`\(attribute.name)` has to be a text",
                    "write \(attribute.name) = \"…\"")
            }
            return nil
        }
    }
}
