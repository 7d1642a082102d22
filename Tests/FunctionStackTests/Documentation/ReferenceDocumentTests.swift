import Foundation
import Testing
import XanoScriptReference

@Suite("Documentation/XanoScript.md")
struct ReferenceDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// It fails as well if a filter has no description or a name of one no example.
    @Test("The document says what the tables of filters, statements and examples say")
    func upToDate() throws {
        let expected = try ReferenceDocument(root: Self.root).text()
        let committed = try String(contentsOf: ReferenceDocument.file(root: Self.root), encoding: .utf8)
        let difference = zip(expected.split(separator: "\n"), committed.split(separator: "\n")).first { $0 != $1 }
        #expect(
            expected == committed,
            """
            Write it anew: \(ReferenceDocument.command)
            should be: \(difference?.0 ?? "another number of lines")
            is:        \(difference?.1 ?? "")
            """)
    }
}
