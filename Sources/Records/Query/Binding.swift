import Values

/// Where the value of a query's parameter goes in a statement, and what it becomes on the way.
struct Binding: Sendable {
    /// As `RecordQuery` numbers it.
    let parameter: Int
    let conversion: Conversion
}

/// How the value of a parameter becomes one of SQL's: by what it is compared with.
enum Conversion: Hashable, Sendable {
    /// A scalar as it is, an array or object as JSON text.
    case plain
    /// As a value of the type; what is no such value stays as it is, and equals nothing of the type.
    case like(SQLType)
    /// As a value of the type; what is no such value is an input error, for it has no place in the type's order.
    case ordered(SQLType)
    /// JSON text of a list of such values, nulls left out. What is no list becomes a list of one.
    case list(SQLType)
    /// JSON text
    case json
    /// 1 if the language takes it for true, else 0
    case truth
    /// The bounds of `between`, which stand in a list of two.
    case lowerBound(SQLType)
    case upperBound(SQLType)
}

/// What is known of a query's parameters when its SQL is written: which of them are null. Comparisons with null
/// read differently, and what `==?` leaves out stands in no index's way.
struct Nullness: Hashable, Sendable {
    enum State { case null, present, unknown }

    /// A parameter beyond these is written for both cases.
    static let watched = 64
    private var nulls: UInt64 = 0

    /// No parameter is null.
    init() {}

    init(of parameters: [Value]) {
        for (number, value) in parameters.prefix(Self.watched).enumerated() {
            if case .null = value { nulls |= 1 << UInt64(number) }
        }
    }

    func state(of parameter: Int) -> State {
        guard (0..<Self.watched).contains(parameter) else { return .unknown }
        return nulls & (1 << UInt64(parameter)) == 0 ? .present : .null
    }
}
