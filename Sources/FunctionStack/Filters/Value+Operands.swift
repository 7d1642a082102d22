import Values

extension Value {
    /// The operand of a filter for text: text, or a number, bool or null as text.
    ///
    /// - Throws: `StackError` for arrays and objects.
    func textOperand(_ filter: String, remedy: String? = nil) throws -> Text {
        switch self {
        case .text(let text): return text
        case .array, .object: throw StackError.wrongType(filter, expected: "text", got: self, remedy: remedy)
        default: return text
        }
    }

    var isArray: Bool { if case .array = self { true } else { false } }

    var isObject: Bool { if case .object = self { true } else { false } }

    /// The elements of an array, or the values of an object; none for null.
    ///
    /// - Throws: `StackError` for anything else.
    func elements(_ filter: String, remedy: String? = nil) throws -> [Value] {
        switch self {
        case .array(let items): return items
        case .object(let object): return object.values
        case .null: return []
        default: throw StackError.wrongType(filter, expected: "an array", got: self, remedy: remedy)
        }
    }
}
