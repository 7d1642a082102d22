/// What holds at one level of nginx's configuration, its own directives and those of the levels around it.
struct NginxScope {
    /// Directives by their names: a level that has one of a name has none of those around it of that name.
    private var directives: [String: [NginxDirective]] = [:]
    /// Variables that have one value for every request.
    private var constants: [String: String] = [:]

    /// What nginx never hands down to the levels inside.
    private static let own: Set<String> = ["fastcgi_pass", "proxy_pass", "return", "alias", "try_files"]

    subscript(name: String) -> [NginxDirective] { directives[name] ?? [] }

    /// The arguments of the last directive of a name.
    func arguments(_ name: String) -> [String]? { directives[name]?.last?.arguments }

    func isOn(_ name: String) -> Bool { arguments(name)?.first == "on" }

    /// The level inside of this one.
    ///
    /// - Parameter isPart: whether it is a part of a location (`if`, `limit_except`), which keeps what passes requests on.
    func inner(_ level: [NginxDirective], isPart: Bool) -> NginxScope {
        var scope = self
        if !isPart { for name in Self.own { scope.directives[name] = nil } }
        for (name, directives) in Dictionary(grouping: level.filter { $0.block == nil }, by: \.name) {
            // Variables are set in order, and stay set inside.
            if name != "set" { scope.directives[name] = directives }
        }
        for directive in level { scope.learn(directive) }
        return scope
    }

    /// Notes a variable that is the same for every request.
    private mutating func learn(_ directive: NginxDirective) {
        let arguments = directive.arguments
        switch directive.name {
        case "set" where arguments.count == 2:
            constants[arguments[0]] = text(arguments[1]).unknown.isEmpty ? text(arguments[1]).value : nil
        case "geo", "map":
            // Only its default: then no address and no value changes it.
            guard let block = directive.block, block.count == 1, let entry = block.first, entry.name == "default",
                let variable = arguments.last, let value = entry.argument
            else { return }
            constants[variable] = directive.name == "geo" || text(value).unknown.isEmpty ? value : nil
        default: break
        }
    }

    /// A value with its variables put in.
    ///
    /// - Returns: the value as far as it is the same for every request, and the variables that are not.
    func text(_ value: String) -> (value: String, unknown: [String]) {
        var result = ""
        var unknown: [String] = []
        var rest = value[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            let (name, end) = Self.variable(rest[rest.index(after: dollar)...])
            rest = rest[end...]
            if let constant = name == "document_root" ? documentRoot : constants["$" + name] {
                result += constant
            } else {
                unknown.append("$" + name)
                result += "$" + name
            }
        }
        return (result + rest, unknown)
    }

    /// The name of the variable that begins here, with or without braces, and where it ends.
    private static func variable(_ text: Substring) -> (name: String, end: String.Index) {
        if text.first == "{", let end = text.firstIndex(of: "}") {
            return (String(text[text.index(after: text.startIndex)..<end]), text.index(after: end))
        }
        let end = text.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? text.endIndex
        return (String(text[..<end]), end)
    }

    /// The folder of documents, if it is the same for every request.
    var documentRoot: String? {
        guard let root = arguments("root")?.first, root.hasPrefix("/"), !root.contains("$") else { return nil }
        return root
    }
}
