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

    /// Changes the array in place, without copying it, if the value is one.
    package mutating func updateArray<Result, Failure: Error>(
        _ body: (inout [Value]) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard case .array(var array) = self else { return nil }
        self = .null
        defer { self = .array(array) }
        return try body(&array)
    }

    /// Changes the object in place, without copying it, if the value is one.
    package mutating func updateObject<Result, Failure: Error>(
        _ body: (inout Object) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard case .object(var object) = self else { return nil }
        self = .null
        defer { self = .object(object) }
        return try body(&object)
    }
}

extension Value {
    /// Arrays and objects inside each other, at most. Parsers refuse more; who builds values otherwise asks
    /// `isDeeper(than:)`. Comparing, printing and freeing a value recurse, so a value without a bound could end
    /// the process.
    package static let maximumDepth = 512

    /// Whether more than so many arrays and objects lie inside each other, or more than four million altogether, counted
    /// at each place where one is reached: a value whose parts are shared can be larger than it looks. Never goes
    /// deeper itself.
    package func isDeeper(than depth: Int) -> Bool {
        var visits = 1 << 22
        return isDeeper(than: depth, visits: &visits)
    }

    func isDeeper(than depth: Int, visits: inout Int) -> Bool {
        switch self {
        case .array(let elements):
            visits -= 1
            guard depth > 0, visits > 0 else { return true }
            for element in elements where element.isDeeper(than: depth - 1, visits: &visits) { return true }
        case .object(let object):
            visits -= 1
            guard depth > 0, visits > 0 else { return true }
            for entry in object where entry.value.isDeeper(than: depth - 1, visits: &visits) { return true }
        default: break
        }
        return false
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
