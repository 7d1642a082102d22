package import Values

/// One thing that a migration does, with what it costs in records.
package enum MigrationStep: Sendable, Equatable {
    case addTable(String)
    case addColumn(table: String, column: String, type: String)
    case addIndex(table: String, index: String)
    case dropIndex(table: String, index: String)
    case dropTable(String, records: Int64)
    /// - Parameter values: how many records hold something else than null there
    case dropColumn(table: String, column: String, values: Int64)
    case convertColumn(table: String, column: String, from: String, to: String, result: ConversionResult)

    /// Whether values are lost or read anew: only with the operator's word.
    package var isDestructive: Bool {
        switch self {
        case .addTable, .addColumn, .addIndex, .dropIndex: false
        case .dropTable, .dropColumn, .convertColumn: true
        }
    }
}

/// What came of the values of a column whose type changes.
package struct ConversionResult: Sendable, Equatable {
    /// Records that hold something else than null.
    package var values: Int64 = 0
    /// Those whose value is none of the new type: they get what the type calls empty.
    package var failed: Int64 = 0
    /// The ids of the first of them.
    package var failedIDs: [Value] = []

    /// So many ids are named.
    static let namedIDs = 20
}

extension MigrationStep: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .addTable(let table): "add table \(table)"
        case .addColumn(let table, let column, let type): "add column \(table).\(column) (\(type))"
        case .addIndex(let table, let index): "add index \(index) on \(table)"
        case .dropIndex(let table, let index): "drop index \(index) on \(table)"
        case .dropTable(let table, let records):
            "drop table \(table): \(Self.counted(records, "record")) \(records == 1 ? "is" : "are") lost"
        case .dropColumn(let table, let column, let values):
            "drop column \(table).\(column): \(Self.counted(values, "value")) \(values == 1 ? "is" : "are") lost"
        case .convertColumn(let table, let column, let from, let to, let result):
            "convert column \(table).\(column) from \(from) to \(to): \(Self.counted(result.values, "value"))"
                + (result.failed == 0 ? ", all of which convert" : ", of which \(Self.failures(result))")
        }
    }

    private static func counted(_ count: Int64, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func failures(_ result: ConversionResult) -> String {
        let ids = result.failedIDs.map { JSON.text($0).string }.joined(separator: ", ")
        let more = result.failed > result.failedIDs.count ? ", …" : ""
        return "\(result.failed) \(result.failed == 1 ? "does" : "do") not and \(result.failed == 1 ? "is" : "are") lost: id \(ids)\(more)"
    }

    /// The same for a program.
    package var object: Object {
        var object: Object = ["destructive": .boolean(isDestructive)]
        func set(_ step: Text, _ table: String, _ entries: (key: Text, value: Value)...) {
            object["step"] = .text(step)
            object["table"] = .text(Text(table))
            for (key, value) in entries { object[key] = value }
        }
        switch self {
        case .addTable(let table): set("add_table", table)
        case .addColumn(let table, let column, let type):
            set("add_column", table, ("column", .text(Text(column))), ("type", .text(Text(type))))
        case .addIndex(let table, let index): set("add_index", table, ("index", .text(Text(index))))
        case .dropIndex(let table, let index): set("drop_index", table, ("index", .text(Text(index))))
        case .dropTable(let table, let records): set("drop_table", table, ("records", .integer(records)))
        case .dropColumn(let table, let column, let values):
            set("drop_column", table, ("column", .text(Text(column))), ("values", .integer(values)))
        case .convertColumn(let table, let column, let from, let to, let result):
            set(
                "convert_column", table, ("column", .text(Text(column))), ("from", .text(Text(from))),
                ("to", .text(Text(to))), ("values", .integer(result.values)), ("lost", .integer(result.failed)),
                ("ids", .array(result.failedIDs)))
        }
        return object
    }
}
