import Foundation
import SenderReference
import Testing
import Verification

@Suite("Documentation/Doctor.md")
struct DoctorDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("The document says what the doctor knows")
    func upToDate() throws {
        let expected = try DoctorDocument(root: Self.root).text()
        let committed = try String(contentsOf: DoctorDocument.file(root: Self.root), encoding: .utf8)
        #expect(expected == committed, "Write it anew: sh Documentation/generate.sh")
    }

    @Test("Every mistake has a line that says what it is", arguments: Mistake.allCases)
    func lines(mistake: Mistake) throws {
        #expect(!mistake.summary.isEmpty && !mistake.summary.contains("|"))
        let text = try DoctorDocument(root: Self.root).text()
        #expect(text.contains("| `\(mistake.rawValue)` | \(mistake.summary) |"))
    }
}
