import Foundation
import Testing
import Values
import XanoScript

@testable import FunctionStack

/// A table of what a function gives: a file `NAME.table` beside or above the `.xs` files of a workspace.
///
///     # a remark
///     function other_name
///     {"number": 4} => "IV"
///     {"number": 0} !> ERROR_CODE_INPUT_ERROR: Roman numerals go from 1 to 3999
///
/// The function has the file's name, if no line names another. 1 and 1.0 are the same, and so are objects whose keys
/// stand in another order.
enum FunctionTable {
    /// The rows of all tables in a folder and in those below it.
    static func rows(below folder: URL) -> [FunctionRow] {
        let tables = files(below: folder, extension: "table")
        let folders = Set(tables.map { $0.deletingLastPathComponent() })
        let workspaces = Dictionary(uniqueKeysWithValues: folders.map { ($0, TableWorkspace($0)) })
        return tables.flatMap { table -> [FunctionRow] in
            guard let workspace = workspaces[table.deletingLastPathComponent()],
                let text = try? String(contentsOf: table, encoding: .utf8)
            else { return [] }
            return rows(text, of: table.deletingPathExtension().lastPathComponent, workspace)
        }
    }

    static func files(below folder: URL, extension suffix: String) -> [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        return (all ?? []).filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
    }

    private static func rows(_ text: String, of name: String, _ workspace: TableWorkspace) -> [FunctionRow] {
        var name = name
        return text.components(separatedBy: "\n").compactMap { line in
            if line.hasPrefix("function ") { name = String(line.dropFirst("function ".count)) }
            guard line.hasPrefix("{") else { return nil }
            return FunctionRow(line, function: name, workspace)
        }
    }
}

/// One row of a table.
struct FunctionRow: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case value(Value)
        case error(String)

        static func == (left: Outcome, right: Outcome) -> Bool {
            switch (left, right) {
            case (.value(let left), .value(let right)): left.isSame(as: right)
            case (.error(let left), .error(let right)): left == right
            default: false
            }
        }
    }

    var function: String
    var input: String
    var expected: Outcome
    var workspace: TableWorkspace

    var testDescription: String { "\(function) \(input)" }

    init?(_ line: String, function: String, _ workspace: TableWorkspace) {
        self.function = function
        self.workspace = workspace
        if let arrow = line.range(of: " => "), let value = try? JSON.parse(Text(String(line[arrow.upperBound...]))) {
            input = String(line[..<arrow.lowerBound])
            expected = .value(value)
        } else if let arrow = line.range(of: " !> ") {
            input = String(line[..<arrow.lowerBound])
            expected = .error(String(line[arrow.upperBound...]))
        } else {
            return nil
        }
    }

    /// What the function gives.
    func outcome() throws -> Outcome {
        if let problem = workspace.problem { return .error(problem) }
        guard case .object(let input) = try JSON.parse(Text(input)) else { return .error("the input is no object") }
        let effects = Effects.forTests(records: try StackDatabase(workspace.constructs)?.records)
        do {
            return .value(try workspace.program.runFunction(function, input: input, effects: effects))
        } catch let error as StackError {
            return .error("\(error.code): \(error.message)")
        }
    }
}

/// The `.xs` files of a folder and of those below it.
final class TableWorkspace: Sendable {
    let constructs: [Construct]
    let program: Program
    /// What keeps it from being loaded.
    let problem: String?

    init(_ folder: URL) {
        var constructs: [Construct] = []
        var problems: [Diagnostic] = []
        for file in FunctionTable.files(below: folder, extension: "xs") {
            guard let bytes = try? Data(contentsOf: file) else { continue }
            let parsed = Parser.parse(SourceFile(path: file.path, bytes: Array(bytes)))
            constructs += parsed.constructs
            problems += parsed.diagnostics
        }
        self.constructs = constructs
        program = Program(constructs: constructs, schema: (try? StackDatabase(constructs))?.schema)
        // What is unsupported spoils only what reaches it.
        let errors = (problems + program.diagnostics).filter { $0.severity == .error && $0.kind != .unsupported }
        problem = errors.isEmpty ? nil : errors.map { $0.render() }.joined(separator: "\n")
    }
}

extension Value {
    /// Equal as JSON: numbers by what they are worth, objects in any order.
    fileprivate func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.integer(let left), .decimal(let right)), (.decimal(let right), .integer(let left)):
            return Double(left) == right
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count && left.allSatisfy { key, value in right[key].map(value.isSame) ?? false }
        default:
            return self == other
        }
    }
}
