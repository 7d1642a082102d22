package import Foundation

/// A use of a filter and its result: a row of the tables that the tests run and the documentation shows.
package struct FilterExample: Sendable {
    /// The name, or an alias.
    package let filter: String
    /// The use as a stack has it.
    package let expression: String
    /// JSON, or `error` and a part of the message.
    package let expected: String
    /// The input and the arguments as JSON, where no argument is an expression.
    package let call: (input: String, arguments: [String])?

    /// The rows of all tables.
    ///
    /// - Parameter fixtures: the folder of the tables
    package static func all(in fixtures: URL) throws -> [FilterExample] {
        let calls = try callTables.flatMap { table in
            try rows(of: table, in: fixtures, columns: 4).map { FilterExample(call: $0, separator: " : ") }
        }
        let encodings = try rows(of: "Encoding/filters.txt", in: fixtures, columns: 4).map(FilterExample.init(list:))
        let expressions = try rows(of: "Filters/elements.txt", in: fixtures, columns: 3)
            .map { FilterExample(filter: $0[0], expression: $0[1], expected: $0[2], call: nil) }
        return calls + encodings + expressions
    }

    private static let callTables = ["numbers", "types", "text", "arrays", "objects", "patterns", "times"]
        .map { "Filters/\($0).txt" }

    /// The lines of a table, split at ` | `, without comments and empty lines.
    ///
    /// - Throws: `TableError` for a line with another number of columns
    package static func rows(of table: String, in folder: URL, columns: Int) throws -> [[String]] {
        let text = try String(contentsOf: folder.appendingPathComponent(table), encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let row = line.replacing(" | | ", with: " |  | ").components(separatedBy: " | ")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard row.count == columns else { throw TableError(table: table, line: String(line), columns: columns) }
            return row
        }
    }
}

/// A line of a table that has not as many columns as the table.
package struct TableError: Error, CustomStringConvertible {
    let table: String
    let line: String
    let columns: Int

    package var description: String { "\(table): this line should have \(columns) columns: \(line)" }
}

extension FilterExample {
    /// `filter | input | argument : argument | result`
    fileprivate init(call row: [String], separator: String) {
        self.init(row, arguments: row[2].isEmpty ? [] : row[2].components(separatedBy: separator))
    }

    /// `filter | input | [arguments] | result`, perhaps with a star in front.
    fileprivate init(list row: [String]) throws {
        var row = row
        if row[0].hasPrefix("*") { row[0].removeFirst() }
        self.init(row, arguments: try JSONList.elements(row[2]))
    }

    private init(_ row: [String], arguments: [String]) {
        let uses = ([row[0]] + arguments).joined(separator: ":")
        self.init(
            filter: row[0], expression: row[1] + "|" + uses, expected: row[3], call: (input: row[1], arguments: arguments))
    }
}
