import Values

/// One addon of a statement: what it asks, and where its answer goes.
final class Addon: Sendable {
    let name: Text
    let declaration: AddonDeclaration
    /// The variable of `$output`.
    let slot: Int
    let input: any ExpressionNode
    /// Where in a record its result is put; without one the result's members become members of the record.
    let path: [Text]
    /// Whether the input is made of `$output.$this`: the result takes the place of what is there, for a list of each
    /// of its elements.
    let replacesElements: Bool
    /// Fields of the record that the input names.
    let names: Set<String>
    /// What is done with each record of the result.
    let shape: RecordShape

    init(
        name: Text, declaration: AddonDeclaration, slot: Int, input: any ExpressionNode, path: [Text],
        replacesElements: Bool, names: Set<String>, shape: RecordShape
    ) {
        self.name = name
        self.declaration = declaration
        self.slot = slot
        self.input = input
        self.path = path
        self.replacesElements = replacesElements
        self.names = names
        self.shape = shape
    }
}

/// The addons of a statement.
struct AddonList: Sendable {
    let addons: [Addon]

    init(_ addons: [Addon]) { self.addons = addons }

    var isEmpty: Bool { addons.isEmpty }

    /// Fields that the addons need and `output` does not show: they are read all the same, and taken out at last.
    func hiddenNames(output: [String]?) -> [String] {
        guard let fields = RecordOutput(output).fields else { return [] }
        let shown = Set(fields.map(\.name))
        return addons.reduce(into: Set<String>()) { $0.formUnion($1.names) }
            .filter { !shown.contains(Text($0)) }.sorted()
    }

    /// Adds to what a query gave: a list of records, perhaps in the envelope of a page, or one record. A number, a
    /// truth or null stays as it is.
    func extend(_ result: inout Value, isList: Bool, hiding hidden: [String], _ machine: inout Machine) throws {
        var answers = AddonAnswers()
        func hide(_ record: inout Value) {
            guard !hidden.isEmpty, case .object(var object) = record else { return }
            for name in hidden where !addons.contains(where: { $0.path.first == Text(name) }) { object[Text(name)] = nil }
            record = .object(object)
        }
        switch result {
        case .array(var records):
            result = .null
            for index in records.indices {
                try extend(&records[index], &answers, &machine)
                hide(&records[index])
            }
            result = .array(records)
        case .object(var envelope) where isList:
            guard case .array(var records)? = envelope["items"] else { return }
            envelope["items"] = .null
            for index in records.indices {
                try extend(&records[index], &answers, &machine)
                hide(&records[index])
            }
            envelope["items"] = .array(records)
            result = .object(envelope)
        case .object:
            try extend(&result, &answers, &machine)
            hide(&result)
        default: return
        }
    }

    /// Adds to one record.
    fileprivate func extend(_ record: inout Value, _ answers: inout AddonAnswers, _ machine: inout Machine) throws {
        for (number, addon) in addons.enumerated() {
            guard case .object(let whole) = record else { return }
            try addon.add(to: &record, at: addon.path[...], output: whole, number, &answers, &machine)
        }
    }
}

/// What is done with a record on its way to the stack: addons add to it, and `output` says what of it is shown.
struct RecordShape: Sendable {
    let addons: AddonList
    let output: RecordOutput?

    var isEmpty: Bool { addons.isEmpty && output == nil }

    /// What addons add is shown whatever `output` says.
    func apply(_ record: Value, _ machine: inout Machine) throws -> Value {
        guard !isEmpty, case .object(let before) = record else { return record }
        var extended = record
        var answers = AddonAnswers()
        try addons.extend(&extended, &answers, &machine)
        guard let output, case .object(var shown) = output.select(extended), case .object(let all) = extended else {
            return extended
        }
        for (key, value) in all where before[key] == nil { shown[key] = value }
        return .object(shown)
    }
}

/// What addons gave within one statement: the same input is asked once.
struct AddonAnswers {
    /// By the addon's number and its input as JSON.
    private var known: [[Text: Value]] = []

    subscript(number: Int, input: Text) -> Value? {
        get { known.indices.contains(number) ? known[number][input] : nil }
        set {
            while known.count <= number { known.append([:]) }
            known[number][input] = newValue
        }
    }
}
