package import Values

extension FilterContext {
    /// A text that a filter has built, its bytes counted.
    ///
    /// - Throws: the bound's `StackError`.
    func result(_ text: Text) throws -> Value {
        try budget.charge(bytes: text.byteCount)
        return .text(text)
    }

    /// An array that a filter has built, the places of its elements counted.
    ///
    /// - Throws: the bound's `StackError`.
    func result(_ items: [Value]) throws -> Value {
        try chargeElements(items.count)
        return .array(items)
    }

    /// Counts elements that a filter visits and stores, before it does.
    ///
    /// - Throws: the bound's `StackError`.
    func chargeElements(_ count: Int) throws {
        try budget.charge(steps: count)
        let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
        try budget.charge(bytes: overflow ? Int.max : bytes)
    }

    /// Lets a value become an element of another one that itself lies `levels` deep, if the whole stays within the
    /// depth that values may have.
    ///
    /// - Throws: `StackError` if it would be deeper.
    package func admit(_ element: Value, levels: Int = 1) throws {
        switch element {
        case .array(let items): try budget.charge(steps: items.count / 16)
        case .object(let object): try budget.charge(steps: object.count / 16)
        default: return
        }
        guard !element.isDeeper(than: Value.maximumDepth - levels) else {
            throw StackError.mistake(
                "A value may not hold more than \(Value.maximumDepth) arrays and objects in each other")
        }
    }
}
