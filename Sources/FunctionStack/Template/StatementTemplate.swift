import Values

/// A template that makes a statement in SQL. What its outputs give is bound to the statement and never becomes a part
/// of its text: whoever fills in a form writes no SQL.
struct StatementTemplate: Sendable {
    private let template: Template

    /// - Throws: `StackError` if the template is malformed.
    init(_ source: Text) throws {
        template = try Template(source)
    }

    /// - Parameter arguments: what the `?` of the template stand for, in their order
    /// - Returns: the statement, and the arguments of its `?`
    func statement(_ arguments: [Value], _ machine: inout Machine) throws -> (sql: String, arguments: [Value]) {
        var values: [Value] = []
        let text = try machine.render(template) { value in
            if case .text(let text) = value, text.bytes.contains(StatementWriter.mark) {
                throw StackError(.inputError, "Text that is no UTF-8 has no place in a statement in SQL")
            }
            values.append(value)
            return Text(bytes: [StatementWriter.mark] + String(values.count - 1).utf8 + [StatementWriter.mark])
        }
        var writer = StatementWriter(values: values, given: arguments)
        try writer.write(text.text.bytes)
        guard let sql = Text(bytes: writer.output).validString else {
            throw StackError.mistake("The statement in SQL is no UTF-8")
        }
        return (sql, writer.arguments)
    }
}

/// Puts a `?` where an output stood, by what is around it.
private struct StatementWriter {
    /// Around the number of an output; it is part of no UTF-8.
    static let mark: UInt8 = 0xff

    let values: [Value]
    let given: [Value]
    private(set) var output: [UInt8] = []
    private(set) var arguments: [Value] = []
    private var nextGiven = 0

    init(values: [Value], given: [Value]) {
        self.values = values
        self.given = given
    }

    mutating func write(_ bytes: [UInt8]) throws {
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "'"): try literal(bytes, &index)
            case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["): try name(bytes, &index)
            case UInt8(ascii: "-") where bytes[index...].starts(with: "--".utf8):
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            case UInt8(ascii: "/") where bytes[index...].starts(with: "/*".utf8): try comment(bytes, &index)
            case Self.mark: try bare(Self.number(bytes, &index))
            case UInt8(ascii: "?"):
                output.append(bytes[index])
                index += 1
                guard given.indices.contains(nextGiven) else { continue }
                arguments.append(given[nextGiven])
                nextGiven += 1
            default:
                output.append(bytes[index])
                index += 1
            }
        }
        arguments += given[min(nextGiven, given.count)...]
    }

    /// The number between two marks.
    private static func number(_ bytes: [UInt8], _ index: inout Int) -> Int {
        var number = 0
        index += 1
        while index < bytes.count, bytes[index] != mark {
            number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        index += 1
        return number
    }

    /// `'a{{ x }}b'` becomes `('a' || ? || 'b')`.
    private mutating func literal(_ bytes: [UInt8], _ index: inout Int) throws {
        let start = output.count
        var holdsOutput = false
        output.append(bytes[index])
        index += 1
        while index < bytes.count {
            if bytes[index] == Self.mark {
                holdsOutput = true
                arguments.append(.text(TemplateText.text(values[Self.number(bytes, &index)])))
                output += "' || ? || '".utf8
                continue
            }
            let isQuote = bytes[index] == UInt8(ascii: "'")
            output.append(bytes[index])
            index += 1
            guard isQuote else { continue }
            // Two quotes are one that is a part of the text.
            if index < bytes.count, bytes[index] == UInt8(ascii: "'") {
                output.append(bytes[index])
                index += 1
                continue
            }
            break
        }
        guard holdsOutput else { return }
        output.insert(UInt8(ascii: "("), at: start)
        output.append(UInt8(ascii: ")"))
    }

    private mutating func name(_ bytes: [UInt8], _ index: inout Int) throws {
        let end = bytes[index] == UInt8(ascii: "[") ? UInt8(ascii: "]") : bytes[index]
        repeat {
            guard bytes[index] != Self.mark else {
                throw StackError.mistake("A template puts values into a statement in SQL, not names of columns")
            }
            output.append(bytes[index])
            index += 1
        } while index < bytes.count && bytes[index] != end
    }

    private func comment(_ bytes: [UInt8], _ index: inout Int) throws {
        index += 2
        while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { index += 1 }
        index = min(index + 2, bytes.count)
    }

    /// Outside of quotes stand numbers, lists of them, and the words of an order; other text would be SQL.
    private mutating func bare(_ number: Int) throws {
        switch values[number] {
        case .null, .boolean, .integer, .decimal: bind(values[number])
        case .text(let text):
            let string = text.string
            if ["asc", "desc", "true", "false", "null"].contains(string.lowercased()) {
                output += string.utf8
                return
            }
            try list(string.split(separator: ",", omittingEmptySubsequences: false).map { Value.text(Text(String($0))) })
        case .array(let items): try list(items)
        case .object: throw Self.refusal
        }
    }

    private mutating func list(_ items: [Value]) throws {
        for (index, item) in items.enumerated() {
            if index > 0 { output += ", ".utf8 }
            guard let number = Self.numeric(item) else { throw Self.refusal }
            bind(number)
        }
    }

    private static func numeric(_ value: Value) -> Value? {
        switch value {
        case .integer, .decimal: return value
        case .text(let text):
            let trimmed = text.string.split(separator: " ").joined(separator: " ")
            guard trimmed.utf8.allSatisfy({ (48...57).contains($0) || $0 == 0x2d || $0 == 0x2e }) else { return nil }
            if let number = Int64(trimmed) { return .integer(number) }
            return Double(trimmed).map(Value.decimal)
        default: return nil
        }
    }

    private mutating func bind(_ value: Value) {
        output.append(UInt8(ascii: "?"))
        arguments.append(value)
    }

    private static var refusal: StackError {
        StackError.mistake(
            "A template puts text into a statement in SQL only between quotes ('{{ … }}'); outside of them stand numbers, lists of them, asc and desc")
    }
}
