package import Values

/// The evaluated arguments of one use of a filter. Up to three need no array.
package struct FilterArguments {
    /// How many were given.
    package let count: Int
    private let first: Value
    private let second: Value
    private let third: Value
    private let rest: [Value]

    /// No arguments.
    package init() {
        count = 0
        first = .null
        second = .null
        third = .null
        rest = []
    }

    /// One argument.
    package init(_ first: Value) {
        count = 1
        self.first = first
        second = .null
        third = .null
        rest = []
    }

    /// Two arguments.
    package init(_ first: Value, _ second: Value) {
        count = 2
        self.first = first
        self.second = second
        third = .null
        rest = []
    }

    /// Three arguments.
    package init(_ first: Value, _ second: Value, _ third: Value) {
        count = 3
        self.first = first
        self.second = second
        self.third = third
        rest = []
    }

    /// Any number of arguments.
    package init(_ values: [Value]) {
        count = values.count
        first = values.count > 0 ? values[0] : .null
        second = values.count > 1 ? values[1] : .null
        third = values.count > 2 ? values[2] : .null
        rest = values.count > 3 ? Array(values[3...]) : []
    }

    /// The argument at an index from 0, null if it was not given.
    package subscript(index: Int) -> Value {
        switch index {
        case 0: first
        case 1: second
        case 2: third
        default: index > 2 && index < count ? rest[index - 3] : .null
        }
    }

    /// All arguments in their order.
    package var values: [Value] { (0..<count).map { self[$0] } }
}
