import Values

/// CSV as text and back.
enum CSVFilters {
    static let definitions: [FilterDefinition] = [
        .plain("csv_parse", arguments: 0...3) { input, arguments, context in
            let rows = try rows(input, arguments, "csv_parse", context)
            try context.chargeElements(rows.count * (rows.first?.count ?? 0))
            return .array(records(rows).map { .object($0) })
        },
        .plain("csv_decode", arguments: 0...3) { input, arguments, context in
            let rows = try rows(input, arguments, "csv_decode", context)
            return .array(rows.map { .array($0.map { .text($0) }) })
        },
        .plain("csv_encode", arguments: 0...3) { input, arguments, context in
            let csv = try csv(arguments, from: 0, "csv_encode")
            return try encode(input.elements("csv_encode"), names: nil, csv, "csv_encode", context)
        },
        // The names are the input and the rows the argument; or objects are the input, which have the names.
        .plain("csv_create", arguments: 0...4) { input, arguments, context in
            let csv = try csv(arguments, from: 1, "csv_create")
            let elements = try input.elements("csv_create")
            guard arguments[0] != .null else { return try encode(elements, names: nil, csv, "csv_create", context) }
            let names = try elements.map { try $0.textOperand("csv_create") }
            return try encode(arguments[0].elements("csv_create"), names: names, csv, "csv_create", context)
        },
    ]

    private static func rows(
        _ input: Value, _ arguments: borrowing FilterArguments, _ filter: String, _ context: FilterContext
    ) throws -> [[Text]] {
        let csv = try csv(arguments, from: 0, filter)
        let text = try input.textOperand(filter)
        // A field of one byte takes the place of a value.
        try context.budget.charge(bytes: text.byteCount * 8)
        try context.budget.charge(steps: text.byteCount / 16)
        do throws(CSVError) {
            return try csv.parse(text)
        } catch {
            throw StackError(.inputError, Text("\(filter): \(error.message)"))
        }
    }

    /// The rows behind the first one, by its names.
    static func records(_ rows: [[Text]]) -> [Object] {
        guard let names = rows.first else { return [] }
        return rows.dropFirst().map { record($0, names) }
    }

    /// By the names of the first row; what a row has too little is null, what it has too much is left out.
    private static func record(_ row: [Text], _ names: [Text]) -> Object {
        var object = Object(capacity: names.count)
        for (index, name) in names.enumerated() { object[name] = row[safe: index].map { .text($0) } ?? .null }
        return object
    }

    /// - Parameter names: nil for those of the first object, and none where there is no object
    private static func encode(
        _ rows: [Value], names: [Text]?, _ csv: CSV, _ filter: String, _ context: FilterContext
    ) throws -> Value {
        var names = names
        if names == nil, case .object(let first) = rows.first { names = first.keys }
        var buffer: [UInt8] = []
        if let names { csv.append(names, to: &buffer) }
        for row in rows {
            let start = buffer.count
            switch row {
            case .object(let object):
                let keys = names ?? object.keys
                csv.append(keys.map { (object[$0] ?? .null).text }, to: &buffer)
            case .array(let fields): csv.append(fields.map(\.text), to: &buffer)
            default: throw StackError.wrongType(filter, expected: "rows that are arrays or objects", got: row)
            }
            try context.budget.charge(bytes: buffer.count - start)
        }
        return .text(Text(bytes: buffer))
    }

    /// Separator and quote; a third argument, PHP's escape character, must be empty or the quote, as RFC 4180 knows none.
    private static func csv(_ arguments: borrowing FilterArguments, from first: Int, _ filter: String) throws -> CSV {
        var csv = CSV()
        csv.separator = try byte(arguments[first], otherwise: csv.separator, filter)
        csv.quote = try byte(arguments[first + 1], otherwise: csv.quote, filter)
        let escape = try byte(arguments[first + 2], otherwise: csv.quote, filter)
        guard csv.separator != csv.quote else { throw StackError.mistake("\(filter): separator and quote are the same") }
        guard escape == csv.quote else {
            throw StackError.mistake("\(filter): a quote inside of a field is doubled; there is no other escape character")
        }
        return csv
    }

    private static func byte(_ value: Value, otherwise: UInt8, _ filter: String) throws -> UInt8 {
        let text = try value.textOperand(filter)
        guard !text.isEmpty else { return otherwise }
        guard text.byteCount == 1, let byte = text.bytes.first, byte != 0x0a, byte != 0x0d else {
            throw StackError.mistake("\(filter): separator and quote are one character of ASCII each")
        }
        return byte
    }
}
