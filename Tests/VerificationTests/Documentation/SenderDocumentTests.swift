import Foundation
import SenderReference
import Testing
import Verification

@Suite("Documentation/Senders.md")
struct SenderDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("The document says what the catalogue says")
    func upToDate() throws {
        let expected = try SenderDocument(root: Self.root).text()
        let committed = try String(contentsOf: SenderDocument.file(root: Self.root), encoding: .utf8)
        let difference = zip(expected.split(separator: "\n"), committed.split(separator: "\n")).first { $0 != $1 }
        #expect(
            expected == committed,
            """
            Write it anew: sh Documentation/generate.sh
            should be: \(difference?.0 ?? "another number of lines")
            is:        \(difference?.1 ?? "")
            """)
    }

    @Test("Every sender has a line of as many cells as the head of the table has")
    func lines() throws {
        let text = try SenderDocument(root: Self.root).text()
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
        #expect(rows.count == SenderCatalogue.names.count + 1)
        for row in rows {
            #expect(row.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false).count == 10, "\(row)")
        }
        for name in SenderCatalogue.names { #expect(rows.contains { $0.hasPrefix("| `\(name)`<br>") }, "\(name)") }
    }
}
