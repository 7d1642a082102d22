/// Text that describes senders, the catalogue's or a workspace's, split into entries and lines. `SenderCatalogue` says how
/// entries are written.
struct SenderText {
    /// A key with its value, put together from all lines that it goes over.
    struct Line {
        let key: Substring
        var value: String
        /// Of the text, from 1.
        let number: Int
    }

    struct Entry {
        let name: String
        let title: String
        let number: Int
        var lines: [Line] = []
        /// Spaces before its keys.
        var indentation: Int?
    }

    private(set) var entries: [Entry] = []
    private(set) var problems: [SenderProblem] = []

    init(_ text: Substring) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(SenderProblem) {
                try read(line, index + 1)
            } catch {
                problems.append(error)
            }
        }
    }

    private mutating func read(_ line: Substring, _ number: Int) throws(SenderProblem) {
        let content = line.drop { $0 == " " }
        guard !content.isEmpty, !content.hasPrefix("#") else { return }
        guard content.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw SenderProblem(
                number, "holds a tab or another control character", remedy: "write spaces, and end lines with LF alone")
        }
        let indentation = line.utf8.count - content.utf8.count
        let (first, rest) = Self.split(content)
        guard indentation > 0 else {
            entries.append(Entry(name: String(first), title: String(rest), number: number))
            return
        }
        guard let entry = entries.indices.last else {
            throw SenderProblem(
                number, "belongs to no entry", remedy: "begin one with the sender's name, without spaces before it")
        }
        let expected = entries[entry].indentation ?? indentation
        entries[entry].indentation = expected
        if indentation == expected {
            entries[entry].lines.append(Line(key: first, value: String(rest), number: number))
        } else if indentation > expected, let last = entries[entry].lines.indices.last {
            entries[entry].lines[last].value += " " + content
        } else {
            throw SenderProblem(
                number, "is indented less than the keys before it",
                remedy: "indent all keys of an entry alike, by two spaces")
        }
    }

    static func split(_ line: Substring) -> (first: Substring, rest: Substring) {
        let end = line.firstIndex(of: " ") ?? line.endIndex
        return (line[..<end], line[end...].drop { $0 == " " })
    }
}

/// What is wrong with a line that describes a sender.
package struct SenderProblem: Error, Sendable, Equatable {
    /// Of the text, from 1.
    package let line: Int
    /// What is wrong, without a full stop; with the key, where it is about one.
    package let problem: String
    /// What to do about it.
    package let remedy: String

    init(_ line: Int, _ problem: String, remedy: String) {
        self.line = line
        self.problem = problem
        self.remedy = remedy
    }
}
