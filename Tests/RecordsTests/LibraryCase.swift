import Foundation
import FunctionStack
import Testing
import Values
import XanoScript

@testable import Records

/// One case of a file in Fixtures/Cases: a function's body on the workspace Fixtures/library, its input, and what it
/// gives.
///
///     ## what the case states
///     stack { … }
///     response = $x
///     <= {"input": 1}
///     => {"result": 2}
///
/// `!> CODE: message` stands for an error, `?> KIND: message` for a diagnostic when it is loaded. A line of `@@` begins
/// another file of the workspace.
struct LibraryCase: Sendable, CustomTestStringConvertible {
    var name: String
    var sources: [String] = [""]
    var input = "{}"
    var expected = ""

    var testDescription: String { name }

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func all(_ file: String) -> [LibraryCase] {
        guard let text = try? String(contentsOf: fixtures.appending(path: "Cases/\(file).txt"), encoding: .utf8) else { return [] }
        return text.components(separatedBy: "\n## ").dropFirst().map { LibraryCase($0) }
    }

    private init(_ section: String) {
        var lines = section.components(separatedBy: "\n")
        name = lines.removeFirst()
        for line in lines where !line.hasPrefix("# ") {
            if line.hasPrefix("<= ") {
                input = String(line.dropFirst(3))
            } else if ["=> ", "!> ", "?> "].contains(line.prefix(3)) {
                expected = line
            } else if line == "@@" {
                sources.append("")
            } else {
                sources[sources.count - 1] += line + "\n"
            }
        }
        sources[0] = "function \"case\" {\n\(sources[0])\n}"
    }

    /// What running the case gives, in the form in which it is expected.
    func outcome() throws -> String {
        let workspace = try Workspace.load(directory: Self.fixtures.appending(path: "library").path())
        var constructs = workspace.constructs
        for (number, source) in sources.enumerated() {
            let parsed = Parser.parse(SourceFile(path: "\(number).xs", bytes: Array(source.utf8)))
            if let error = parsed.diagnostics.first(where: { $0.severity == .error }) {
                return "?> \(error.kind.rawValue): \(error.message)"
            }
            constructs += parsed.constructs
        }
        let schema = WorkspaceSchema(constructs: constructs)
        let program = Program(constructs: constructs, schema: schema)
        let diagnostics = workspace.diagnostics + schema.diagnostics + program.diagnostics
        if let problem = diagnostics.first(where: { $0.severity == .error }) {
            return "?> \(problem.kind.rawValue): \(problem.message)"
        }
        let store = try TestStore(inMemory: true)
        store.plans = RecordPlans(schema)
        try schema.migrate(store.connection, now: 0)
        let effects = Effects(
            records: store.records, clock: { store.now }, monotonicClock: { 0 },
            randomBytes: { Array(repeating: 7, count: $0) }, log: { _ in })
        guard case .object(let input) = try JSON.parse(Text(input)) else { return "no input" }
        _ = try program.runFunction("fill", input: [:], effects: effects)
        do {
            return "=> " + JSON.text(try program.runFunction("case", input: input, effects: effects)).string
        } catch let error as StackError {
            return "!> \(error.code): \(error.message)"
        }
    }
}

@Suite("Statements on a library")
struct LibraryTests {
    static let files = ["aggregates", "external", "addons", "direct", "schema"]

    @Test("Statements give what is documented", arguments: files.flatMap { LibraryCase.all($0) })
    func runs(library: LibraryCase) throws {
        let outcome = try library.outcome()
        #expect(outcome == library.expected)
    }

    @Test("Every file has its cases", arguments: files)
    func found(file: String) {
        #expect(LibraryCase.all(file).count > 3)
    }
}
