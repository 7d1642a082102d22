package import Values

extension Value {
    /// Counts as nothing: null, false, 0, `""`, `"0"`, `[]`, `{}`.
    package var isEmpty: Bool {
        switch self {
        case .null: true
        case .boolean(let value): !value
        case .integer(let value): value == 0
        case .decimal(let value): value == 0
        case .text(let text): text.isEmptyOrZero
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        }
    }

    /// What `if`, `&&`, `||`, `!` and `? :` go by: anything that is not empty.
    package var isTruthy: Bool { !isEmpty }
}

extension Text {
    fileprivate var isEmptyOrZero: Bool {
        withBytes { $0.isEmpty || $0.count == 1 && $0[0] == UInt8(ascii: "0") }
    }
}
