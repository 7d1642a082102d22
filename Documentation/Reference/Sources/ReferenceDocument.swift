package import Foundation
import FunctionStack

/// `Documentation/XanoScript.md`: what people wrote about the language, and what the program's tables and the tests'
/// examples say of its filters and statements.
package struct ReferenceDocument {
    /// What keeps the document from being complete.
    package struct Gap: Error, CustomStringConvertible {
        package let description: String
    }

    /// The command that writes the document anew.
    package static let command = "sh Documentation/generate.sh"

    let sections: [FilterSection]
    let examples: [String: [FilterExample]]
    let operators: [[String]]
    private let opening: String
    private let closing: String

    /// Reads the parts.
    ///
    /// - Parameter root: the folder of the package
    package init(root: URL) throws {
        let folder = root.appendingPathComponent("Documentation/Reference")
        let fixtures = root.appendingPathComponent("Tests/FunctionStackTests/Fixtures")
        sections = try FilterSection.all(in: folder)
        examples = Dictionary(grouping: try FilterExample.all(in: fixtures), by: \.filter)
        operators = try FilterExample.rows(of: "Filters/operators.txt", in: fixtures, columns: 2)
        opening = try String(contentsOf: folder.appendingPathComponent("opening.md"), encoding: .utf8)
        closing = try String(contentsOf: folder.appendingPathComponent("closing.md"), encoding: .utf8)
    }

    /// Where the document lies.
    package static func file(root: URL) -> URL { root.appendingPathComponent("Documentation/XanoScript.md") }

    /// The whole document.
    ///
    /// - Throws: `Gap` if a filter of the program has no note or a name no example, or a note no filter
    package func text() throws -> String {
        let parts = [
            opening, Self.operatorTable(operators), try filterTables(), Self.refusedFilters(), Self.statementTables(), closing,
        ]
        return parts.map { $0.trimmingCharacters(in: .newlines) }.joined(separator: "\n\n") + "\n"
    }

    /// A cell of a table that shows code.
    static func code(_ text: String) -> String {
        let fence = text.contains("`") ? "``" : "`"
        return fence + text.replacing("|", with: "\\|") + fence
    }

    private static func operatorTable(_ rows: [[String]]) -> String {
        (["## Operators", "", "| expression | result |", "|---|---|"]
            + rows.map { "| \(code($0[0])) | \(result($0[1])) |" }).joined(separator: "\n")
    }

    /// JSON as code; an error as words.
    static func result(_ expected: String) -> String {
        expected.hasPrefix("error") ? "error" + expected.dropFirst(5).replacing("|", with: "\\|") : code(expected)
    }
}
