import Foundation
import XanoScriptReference

/// Writes `Documentation/XanoScript.md` of the package in the working directory.
@main
enum Generate {
    static func main() throws {
        let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let text = try ReferenceDocument(root: root).text()
        try text.write(to: ReferenceDocument.file(root: root), atomically: true, encoding: .utf8)
    }
}
