import Foundation
import Values

/// The data files beside these tests.
enum Fixture {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// The lines of a file, split at ` | `, without comments and empty lines.
    static func rows(_ path: String) throws -> [[String]] {
        let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.replacing(" | | ", with: " |  | ").components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) } }
    }
}
