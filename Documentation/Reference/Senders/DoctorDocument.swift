package import Foundation
import Verification

/// `Documentation/Doctor.md`: the mistakes that a diagnosis recognises, a line each.
package struct DoctorDocument {
    private let prose: String

    /// Reads the prose.
    ///
    /// - Parameter root: the folder of the package
    package init(root: URL) throws {
        prose = try String(contentsOf: root.appendingPathComponent("Documentation/Reference/doctor.md"), encoding: .utf8)
    }

    /// Where the document lies.
    package static func file(root: URL) -> URL { root.appendingPathComponent("Documentation/Doctor.md") }

    /// The whole document.
    package func text() -> String {
        let tables = Mistake.Part.allCases.map { part in
            let rows = Mistake.allCases.filter { $0.part == part }.map { "| `\($0.rawValue)` | \($0.summary) |" }
            return (["### \(part.rawValue)", "", "| name | what |", "|---|---|"] + rows).joined(separator: "\n")
        }
        return prose.replacing("{mistakes}", with: tables.joined(separator: "\n\n"))
    }
}
