import Foundation

/// What `filters.txt` says of a filter.
struct FilterNote {
    let name: String
    let arguments: [String]
    let text: String
}

/// A section of `filters.txt`.
struct FilterSection {
    let title: String
    /// What holds for all of its filters.
    var remark = ""
    var notes: [FilterNote] = []

    static func all(in folder: URL) throws -> [FilterSection] {
        let text = try String(contentsOf: folder.appendingPathComponent("filters.txt"), encoding: .utf8)
        var sections: [FilterSection] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## ") {
                sections.append(FilterSection(title: String(line.dropFirst(3))))
            } else if line.hasPrefix("# ") {
                if !sections.isEmpty { sections[sections.count - 1].remark = String(line.dropFirst(2)) }
            } else {
                let row = line.replacing(" | | ", with: " |  | ").components(separatedBy: " | ")
                guard row.count == 3, !sections.isEmpty else {
                    throw TableError(table: "filters.txt", line: String(line), columns: 3)
                }
                let arguments = row[1].isEmpty ? [] : row[1].components(separatedBy: " : ")
                sections[sections.count - 1].notes.append(FilterNote(name: row[0], arguments: arguments, text: row[2]))
            }
        }
        return sections
    }
}
