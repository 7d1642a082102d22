import Values

/// `sort:path:type:descending`, stable.
enum SortFilter {
    static let definitions: [FilterDefinition] = [
        .plain("sort", "fsort", arguments: 0...3) { input, arguments, context in
            let path = arguments[0].isEmpty ? nil : try ValuePath(arguments[0], "sort")
            let order = try SortOrder(type: arguments[1], isDescending: arguments[2])
            return .array(try sort(input.elements("sort"), path: path, order, context))
        },
    ]

    /// The elements ordered by what stands at a path in them, or by themselves.
    static func sort(
        _ items: [Value], path: ValuePath?, _ order: SortOrder, _ context: FilterContext
    ) throws -> [Value] {
        try context.chargeElements(items.count)
        // A comparison is a step; there are at most so many of them.
        try context.budget.charge(steps: items.count * (Int.bitWidth - items.count.leadingZeroBitCount))
        let keyed = items.map { item in
            (key: SortKey(path.map { item.value(at: $0) ?? .null } ?? item, order.kind), item: item)
        }
        let first: Ordering = order.isDescending ? .greater : .less
        // The standard library's sort is stable.
        return try keyed.sorted { left, right in
            try context.tick()
            return SortKey.compare(left.key, right.key) == first
        }.map(\.item)
    }
}

/// How elements are compared, and in which direction.
struct SortOrder: Sendable {
    enum Kind: Sendable {
        /// Null, then bools, numbers and numeric texts, other texts, arrays, objects.
        case mixed
        case text, caseInsensitiveText
        case number
        /// Digits inside of texts count as numbers: `a2` before `a10`.
        case natural, caseInsensitiveNatural
    }

    var kind: Kind
    var isDescending: Bool

    init(_ kind: Kind, isDescending: Bool = false) {
        self.kind = kind
        self.isDescending = isDescending
    }

    /// From the second and third argument of `sort`; instead of a type the second may be `asc` or `desc`.
    init(type: Value, isDescending: Value) throws {
        self.isDescending = isDescending.toBoolean()
        if case .text(let word) = isDescending {
            switch word.string.lowercased() {
            case "asc": self.isDescending = false
            case "desc": self.isDescending = true
            default: break
            }
        }
        switch try type.textOperand("sort").string.lowercased() {
        case "": kind = .mixed
        case "asc": kind = .mixed
        case "desc":
            kind = .mixed
            self.isDescending = true
        case "text": kind = .text
        case "itext": kind = .caseInsensitiveText
        case "number", "num", "int", "decimal", "float", "timestamp": kind = .number
        case "natural": kind = .natural
        case "inatural": kind = .caseInsensitiveNatural
        case let other:
            throw StackError.mistake(
                "sort knows no type \"\(other)\"; there are text, itext, number, int, decimal, natural and inatural")
        }
    }
}

/// What an element is ordered by, made once before the sort.
private enum SortKey {
    case null
    case boolean(Bool)
    case number(Number)
    case text(Text)
    case natural(NaturalText)
    case collection(Value)

    init(_ value: Value, _ kind: SortOrder.Kind) {
        switch kind {
        case .mixed: self.init(mixed: value)
        case .text: self = .text(value.text)
        case .caseInsensitiveText: self = .text(value.text.lowercased())
        case .natural: self = .natural(NaturalText(value.text))
        case .caseInsensitiveNatural: self = .natural(NaturalText(value.text.lowercased()))
        case .number:
            if case .text(let text) = value {
                self = NumericText(text).map { .number($0.number) } ?? .null
            } else {
                self = (try? value.number(for: "sort")).map { .number($0) } ?? .null
            }
        }
    }

    private init(mixed value: Value) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .integer(let value): self = .number(.integer(value))
        case .decimal(let value): self = .number(.decimal(value))
        case .text(let text): self = NumericText.number(text).map { .number($0) } ?? .text(text)
        case .array, .object: self = .collection(value)
        }
    }

    /// A total order, unlike `<` between mixed types.
    static func compare(_ left: SortKey, _ right: SortKey) -> Ordering {
        switch (left, right) {
        case (.boolean(let left), .boolean(let right)): Ordering(left ? 1 : 0, right ? 1 : 0)
        case (.number(let left), .number(let right)): Number.compare(left, right)
        case (.text(let left), .text(let right)): Ordering(left, right)
        case (.natural(let left), .natural(let right)): NaturalText.compare(left, right)
        case (.collection(let left), .collection(let right)): Ordering(left.text, right.text)
        default: Ordering(left.rank, right.rank)
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .boolean: 1
        case .number: 2
        case .text, .natural: 3
        case .collection: 4
        }
    }
}
