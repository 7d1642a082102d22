import Foundation
import Testing

@Suite("Functions give what their tables say")
struct FunctionTableTests {
    private static let ours = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Functions")

    /// A folder of tables that are not ours, to run them without keeping them here.
    private static let others = ProcessInfo.processInfo.environment["POSTERN_FUNCTION_TABLES"]

    @Test("Each row", arguments: FunctionTable.rows(below: ours))
    func row(_ row: FunctionRow) throws {
        let outcome = try row.outcome()
        #expect(outcome == row.expected)
    }

    @Test("Each function has a table of at least three rows that can be read", arguments: names(below: ours))
    func completeness(_ name: String) throws {
        let table = try String(contentsOf: Self.ours.appendingPathComponent("\(name).table"), encoding: .utf8)
        let lines = table.components(separatedBy: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }
        let rows = FunctionTable.rows(below: Self.ours).filter { $0.function == name }
        #expect(rows.count == lines.count)
        #expect(rows.count >= 3)
    }

    @Test(
        "Each row of the tables in the folder POSTERN_FUNCTION_TABLES", .enabled(if: others != nil),
        arguments: others.map { FunctionTable.rows(below: URL(fileURLWithPath: $0)) } ?? [])
    func rowOfOthers(_ row: FunctionRow) throws {
        let outcome = try row.outcome()
        #expect(outcome == row.expected)
    }

    private static func names(below folder: URL) -> [String] {
        FunctionTable.files(below: folder, extension: "xs").map { $0.deletingPathExtension().lastPathComponent }
    }
}
