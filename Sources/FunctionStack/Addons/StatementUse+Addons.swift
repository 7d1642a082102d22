import Values
import XanoScript

extension StatementUse {
    /// The addons of a statement: `[{name: "author", input: {…}, as: "items._author"}]`, or an object whose keys are
    /// what `as` is in a list.
    ///
    /// - Parameter isList: whether the statement gives several records
    func addons(isList: Bool) -> AddonList {
        guard let expression = self["addon"] else { return AddonList([]) }
        var own = subjectName.flatMap { lowering.names.schema?.columns(of: $0.text) } ?? []
        if case .object(let entries)? = self["eval"]?.kind { own += entries.compactMap { $0.key.constantText } }
        return lowering.addons(expression, isList: isList, columns: own)
    }
}

extension RoutineLowering {
    /// - Parameter columns: what a record has, so that `items.` in front of a place can be told from a column
    fileprivate func addons(_ expression: Expression, isList: Bool, columns: [String]?) -> AddonList {
        switch expression.kind {
        case .null: return AddonList([])
        case .array(let items):
            return AddonList(items.compactMap { addon($0, place: nil, isList: isList, columns: columns) })
        case .object(let entries):
            return AddonList(
                entries.compactMap { addon($0.value, place: $0.key, isList: isList, columns: columns) })
        default:
            report(.type, expression.range, "`addon` is a list of objects", remedy: "write [{name: \"…\", input: {…}, as: \"…\"}]")
            return AddonList([])
        }
    }

    private static let parts = ["name", "as", "input", "output", "addon", "offset"]

    private func addon(_ expression: Expression, place: Expression?, isList: Bool, columns: [String]?) -> Addon? {
        guard case .object(let entries) = expression.kind else {
            report(.type, expression.range, "an addon is an object", remedy: "write {name: \"…\", input: {…}, as: \"…\"}")
            return nil
        }
        for entry in entries {
            if let name = entry.key.constantText, !Self.parts.contains(name) {
                reportUnknown("part of an addon", name, entry.key.range, among: Self.parts)
            }
        }
        guard let name = expression.entry("name")?.constantText else {
            report(.name, expression.range, "an addon has a name")
            return nil
        }
        guard let declaration = names.addons[name] else {
            reportUnknown("addon", name, expression.entry("name")?.range ?? expression.range, among: names.addons.keys)
            return nil
        }
        call(declaration.routine)
        let input = expression.entry("input")
        let path = path(expression, place, isList: isList, columns: columns)
        let named = input?.members(of: .output) ?? []
        let (slot, node) = lowerAddonInput(input)
        return Addon(
            name: Text(name), declaration: declaration, slot: slot, input: node, path: path,
            replacesElements: named.contains("$this"), names: named.filter { !$0.hasPrefix("$") },
            shape: shape(expression, declaration))
    }

    /// In an addon's input `$output` is the record that it adds to.
    private func lowerAddonInput(_ input: Expression?) -> (slot: Int, node: any ExpressionNode) {
        let before = outputSlot
        let slot = scope.freshSlot()
        outputSlot = slot
        defer { outputSlot = before }
        return (slot, input.map { lower($0) } ?? ConstantNode(.object([:])))
    }

    private func shape(_ expression: Expression, _ declaration: AddonDeclaration) -> RecordShape {
        var output: [String]?
        if let list = expression.entry("output") {
            if case .array(let items) = list.kind {
                output = items.compactMap { lower($0).constant?.text.string }
            } else {
                report(.type, list.range, "`output` is a list of names")
            }
        }
        let isList = declaration.nothing == .array([])
        let nested = expression.entry("addon").map { addons($0, isList: isList, columns: nil) }
        return RecordShape(addons: nested ?? AddonList([]), output: output.map { RecordOutput($0) })
    }

    /// Where a record gets the result. `items` in front is the list of records itself, unless they have such a column;
    /// `offset: "items[]"` with a plain name is an older way to say it.
    private func path(_ expression: Expression, _ place: Expression?, isList: Bool, columns: [String]?) -> [Text] {
        var text = place?.constantText ?? expression.entry("as")?.constantText ?? ""
        if place == nil, let offset = expression.entry("offset")?.constantText, !offset.isEmpty {
            text = offset + "." + text
        }
        var parts = text.replacing("[]", with: "").split(separator: ".").map(String.init)
        if isList, parts.first == "items" { parts.removeFirst() }
        while parts.count > 1, parts[0] == "items", columns.map({ !$0.contains("items") }) ?? !isList { parts.removeFirst() }
        return parts.map { Text($0) }
    }
}
