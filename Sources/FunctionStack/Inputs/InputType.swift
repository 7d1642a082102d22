import Values

/// The type of an input: how a value is read as one, and when it is none.
enum InputType: Sendable, Equatable {
    case int, decimal, text, bool, email, password, uuid, timestamp, date, json, object, file
    case `enum`([Value])

    var isNumeric: Bool { self == .int || self == .decimal || self == .bool }

    /// A required text that is empty is missing.
    var refusesEmptyText: Bool { self != .json && self != .object }

    /// Empty text in a form means nothing was filled in, but for texts.
    var keepsEmptyText: Bool {
        switch self {
        case .text, .password, .json: true
        default: false
        }
    }

    /// - Parameters:
    ///   - isTextual: from a form, a path or a query string, where everything is text
    ///   - place: the name, for messages
    func convert(_ value: Value, isTextual: Bool, _ place: String, _ context: FilterContext) throws -> Value {
        switch self {
        case .int: try Self.integer(value, place)
        case .decimal: try Self.decimal(value, place)
        case .bool: try Self.boolean(value, place)
        case .text, .password: .text(try Self.text(value, place))
        case .email: .text(try Self.email(value, place))
        case .uuid: .text(try Self.uuid(value, place))
        case .timestamp: try Self.timestamp(value, place, context)
        case .date: .text(try Self.date(value, place))
        case .json: Self.json(value, isTextual: isTextual)
        case .object: try object(value, isTextual, place)
        case .file: try Self.file(value, place)
        case .enum(let values): try Self.member(value, of: values, place)
        }
    }

    func object(_ value: Value, _ isTextual: Bool, _ place: String) throws -> Value {
        switch Self.json(value, isTextual: isTextual) {
        case .object(let object): return .object(object)
        case .array(let items) where items.isEmpty: return .object([:])
        default: throw StackError.invalid(place, "Value is not a valid object")
        }
    }

    // MARK: Numbers

    private static func integer(_ value: Value, _ place: String) throws -> Value {
        switch number(of: value) {
        case .integer(let number)?: return .integer(number)
        case .decimal(let number)?:
            if let whole = Int64(exactly: number) { return .integer(whole) }
        case nil: break
        }
        throw StackError.invalid(place, "Value is not a valid integer")
    }

    private static func number(of value: Value) -> Number? {
        switch value {
        case .integer(let number): .integer(number)
        case .decimal(let number): .decimal(number)
        case .boolean(let flag): .integer(flag ? 1 : 0)
        case .text(let text): NumericText.number(text)
        default: nil
        }
    }

    private static func decimal(_ value: Value, _ place: String) throws -> Value {
        guard let number = number(of: value), value != .boolean(true), value != .boolean(false) else {
            throw StackError.invalid(place, "Value is not a valid decimal")
        }
        return number.value
    }

    private static func boolean(_ value: Value, _ place: String) throws -> Value {
        switch value {
        case .boolean: return value
        case .integer(0), .decimal(0): return false
        case .integer(1), .decimal(1): return true
        case .text(let text):
            if ["true", "1", "yes", "on"].contains(text.string.lowercased()) { return true }
            if ["false", "0", "no", "off", ""].contains(text.string.lowercased()) { return false }
        default: break
        }
        throw StackError.invalid(place, "Value is not a valid boolean")
    }

    // MARK: Texts

    private static func text(_ value: Value, _ place: String) throws -> Text {
        switch value {
        case .text(let text): return text
        case .integer, .decimal, .boolean: return value.text
        default: throw StackError.invalid(place, "Text filter requires a scalar value")
        }
    }

    private static func email(_ value: Value, _ place: String) throws -> Text {
        let text = try text(value, place)
        guard text.isEmpty || text.isEmailAddress else { throw StackError.invalid(place, "Value is not a valid email") }
        return text
    }

    private static func uuid(_ value: Value, _ place: String) throws -> Text {
        let text = try text(value, place)
        guard text.isUUID else { throw StackError.invalid(place, "Value is not a valid uuid") }
        return text
    }

    private static func date(_ value: Value, _ place: String) throws -> Text {
        let text = try text(value, place)
        guard text.isDate else { throw StackError.invalid(place, "Value is not a valid date, such as 2024-12-31") }
        return text
    }

    /// Milliseconds since the epoch, or a moment as `to_timestamp` reads it.
    private static func timestamp(_ value: Value, _ place: String, _ context: FilterContext) throws -> Value {
        if case .integer = value { return value }
        switch number(of: value) {
        case .integer(let number)?: return .integer(number)
        case .decimal(let number)?:
            if let whole = Int64(wholePartOf: number) { return .integer(whole) }
        case nil:
            if let moment = Timestamp.milliseconds(of: value, now: context.clock()) { return .integer(moment) }
        }
        throw StackError.invalid(place, "Value is not a valid timestamp")
    }

    // MARK: Others

    private static func json(_ value: Value, isTextual: Bool) -> Value {
        guard isTextual, case .text(let text) = value, let parsed = try? JSON.parse(text) else { return value }
        return parsed
    }

    private static func member(_ value: Value, of values: [Value], _ place: String) throws -> Value {
        guard let member = values.first(where: { $0.looselyEquals(value) && $0.text == value.text }) else {
            throw StackError.invalid(place, "Value is not one of the allowable values")
        }
        return member
    }

    private static func file(_ value: Value, _ place: String) throws -> Value {
        guard case .object(let file) = value, file.contains("name"), file.contains("data") else {
            throw StackError.invalid(place, "Value is not a valid file")
        }
        return value
    }
}

extension Text {
    /// One `@` between a local part and a host name with a dot, no white space, as mail forms check it.
    var isEmailAddress: Bool {
        let halves = string.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, byteCount <= 254, (1...64).contains(halves[0].utf8.count) else { return false }
        let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = string.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !"()<>,;:\\\"[]".utf8.contains($0) }
        return isPlain && labels.count > 1 && labels.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
            && !halves[0].hasPrefix(".") && !halves[0].hasSuffix(".") && !halves[0].contains("..")
    }

    /// 8-4-4-4-12 hexadecimal digits.
    var isUUID: Bool {
        let groups = string.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.utf8.allSatisfy { $0.hexadecimalDigit != nil } }
    }

    /// A day of the calendar as `2024-12-31`.
    var isDate: Bool {
        let parts = string.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
