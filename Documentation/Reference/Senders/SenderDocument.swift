package import Foundation
import Verification

/// `Documentation/Senders.md`: what the catalogue says of each sender, a line each.
package struct SenderDocument {
    private let opening: String
    private let senders: [SenderDescription]

    /// Reads the prose and the catalogue.
    ///
    /// - Parameter root: the folder of the package
    package init(root: URL) throws {
        opening = try String(contentsOf: root.appendingPathComponent("Documentation/Reference/senders.md"), encoding: .utf8)
        senders = try SenderCatalogue.names.sorted().compactMap { name in
            try SenderCatalogue.profile(of: name).map { try SenderDescription($0) }
        }
    }

    /// Where the document lies.
    package static func file(root: URL) -> URL { root.appendingPathComponent("Documentation/Senders.md") }

    /// The whole document.
    package func text() -> String {
        let head = [
            "| sender | signature | what is signed | id | handshake | answer | mind | read |", "|---|---|---|---|---|---|---|---|",
        ]
        let prose = opening.replacing("{count}", with: "\(senders.count)").trimmingCharacters(in: .newlines)
        return prose + "\n\n" + (head + senders.map { SenderRow($0).text }).joined(separator: "\n") + "\n"
    }
}
