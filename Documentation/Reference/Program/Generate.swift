import Foundation
import SenderReference
import XanoScriptReference

/// Writes `XanoScript.md`, `Senders.md` and `Doctor.md` in `Documentation` of the package in the working directory.
@main
enum Generate {
    static func main() throws {
        let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let text = try ReferenceDocument(root: root).text()
        try text.write(to: ReferenceDocument.file(root: root), atomically: true, encoding: .utf8)
        let senders = try SenderDocument(root: root)
        try senders.text().write(to: SenderDocument.file(root: root), atomically: true, encoding: .utf8)
        try DoctorDocument(root: root).text().write(to: DoctorDocument.file(root: root), atomically: true, encoding: .utf8)
    }
}
