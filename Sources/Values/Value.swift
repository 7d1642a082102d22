/// A value of XanoScript, and of the JSON that comes and goes.
package enum Value: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case decimal(Double)
    case text(Text)
    case array([Value])
    case object(Object)
}

extension Value {
    package static func text(_ string: String) -> Value { .text(Text(string)) }

    /// The member of an object, or null: a missing key reads as null.
    package subscript(key: Text) -> Value {
        guard case .object(let object) = self else { return .null }
        return object[key] ?? .null
    }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .decimal(value) }
    package init(stringLiteral value: String) { self = .text(Text(value)) }
    package init(arrayLiteral elements: Value...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (Text, Value)...) {
        var object = Object()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
