extension Parser {
    mutating func branch(_ body: Body) -> Branch {
        var branch = Branch()
        branch.attributes = body.attributes.filter { $0.name != "middleware" }
        guard let attribute = body.attributes.first(where: { $0.name == "middleware" }) else { return branch }
        guard let entries = entries(of: attribute.value, "middleware") else { return branch }
        for (key, value) in entries {
            let target = keyText(key) ?? ""
            if target == "pre" || target == "post" {
                // As in a query: for everything that may have middleware.
                return allTargets(middlewareUse(attribute.value), branch)
            }
            if !Self.middlewareTargets.contains(target) {
                report(
                    .name, key.range, "middleware cannot be used for `\(target)`",
                    "it is used for \(Self.middlewareTargets.joined(separator: ", "))")
                continue
            }
            branch.middleware[target] = middlewareUse(value)
        }
        return branch
    }

    private static let middlewareTargets = ["query", "function", "task", "tool"]

    private func allTargets(_ use: MiddlewareUse, _ branch: Branch) -> Branch {
        var branch = branch
        for target in Self.middlewareTargets { branch.middleware[target] = use }
        return branch
    }

    mutating func middlewareUse(in attributes: [Attribute]) -> MiddlewareUse? {
        attributes.first { $0.name == "middleware" }.map { middlewareUse($0.value) }
    }

    /// `{pre: [{name: "a"}, "b"], post: […]}`
    private mutating func middlewareUse(_ value: Expression) -> MiddlewareUse {
        var use = MiddlewareUse()
        let entries = entries(of: value, "middleware") ?? []
        if entries.isEmpty, case .object = value.kind {
            report(.syntax, value.range, "no middleware is named here", "write {pre: [\"name\"]}, or remove it")
        }
        for (key, list) in entries {
            switch keyText(key) {
            case "pre": use.pre = references(list)
            case "post": use.post = references(list)
            default:
                report(.name, key.range, "middleware is `pre` or `post`", "write {pre: [\"name\"], post: [\"name\"]}")
            }
        }
        return use
    }

    private mutating func references(_ list: Expression) -> [MiddlewareReference] {
        guard case .array(let elements) = list.kind else {
            if case .invalid = list.kind { return [] }
            report(.type, list.range, "middleware is given as a list of names", "write [\"name\"]")
            return []
        }
        return elements.compactMap { reference($0) }
    }

    private mutating func reference(_ element: Expression) -> MiddlewareReference? {
        switch element.kind {
        case .text(let name), .word(let name):
            return MiddlewareReference(name: name, range: element.range)
        case .object(let entries):
            var result: MiddlewareReference?
            var isDisabled = false
            for entry in entries {
                switch (keyText(entry.key), entry.value.kind) {
                case ("name", .text(let name)), ("name", .word(let name)):
                    result = MiddlewareReference(name: name, range: entry.value.range)
                case ("active", .boolean(false)), ("disabled", .boolean(true)):
                    isDisabled = true
                default: break
                }
            }
            if result == nil { report(.type, element.range, "a middleware needs its name", "write {name: \"…\"}") }
            result?.isDisabled = isDisabled
            return result
        case .invalid:
            return nil
        default:
            report(.type, element.range, "a middleware is given by its name", "write \"name\" or {name: \"name\"}")
            return nil
        }
    }

    /// The entries of an object; an error if it is anything else.
    mutating func entries(of value: Expression, _ what: String) -> [(key: Expression, value: Expression)]? {
        switch value.kind {
        case .object(let entries): return entries.map { ($0.key, $0.value) }
        case .invalid: return nil
        default:
            report(.type, value.range, "`\(what)` has to be an object", "write \(what) = { … }")
            return nil
        }
    }

    func keyText(_ key: Expression) -> String? {
        if case .text(let name) = key.kind { name } else { nil }
    }
}
