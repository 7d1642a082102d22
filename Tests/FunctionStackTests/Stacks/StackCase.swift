import Foundation
import Testing
import Values
import XanoScript

@testable import FunctionStack

/// One case of a file in Fixtures/Stacks: a function's body, its input, and what it gives.
///
///     ## what the case states
///     stack { … }
///     response = $x
///     <= {"input": 1}
///     => {"result": 2}
///
/// `!> CODE: message` stands for an error. A line of `@@` begins another file of the workspace.
struct StackCase: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable, Equatable {
        case value(String)
        case error(String)
        /// A diagnostic at load: `KIND: message`.
        case diagnostic(String)
    }

    var name: String
    var source: String
    var others: [String]
    var input: String
    var expected: Expected

    var testDescription: String { name }

    /// The cases of a file.
    static func all(_ file: String) -> [StackCase] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let url = folder.appendingPathComponent("Fixtures/Stacks/\(file).txt")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.components(separatedBy: "\n## ").dropFirst().map { StackCase($0) }
    }

    private init(_ section: String) {
        var lines = section.components(separatedBy: "\n")
        name = lines.removeFirst()
        var files = [""]
        input = "{}"
        expected = .value("")
        for line in lines where !line.hasPrefix("# ") {
            if line.hasPrefix("<= ") {
                input = String(line.dropFirst(3))
            } else if line.hasPrefix("=> ") {
                expected = .value(String(line.dropFirst(3)))
            } else if line.hasPrefix("!> ") {
                expected = .error(String(line.dropFirst(3)))
            } else if line.hasPrefix("?> ") {
                expected = .diagnostic(String(line.dropFirst(3)))
            } else if line == "@@" {
                files.append("")
            } else {
                files[files.count - 1] += line + "\n"
            }
        }
        source = "function \"case\" {\n\(files[0])\n}"
        others = Array(files.dropFirst())
    }

    /// What running the case gives, in the form in which it is expected.
    func outcome() throws -> Expected {
        let constructs = try Program.constructs([source] + others)
        let database = try StackDatabase(constructs)
        let program = Program(constructs: constructs, schema: database?.schema)
        var effects = Effects.forTests(records: database?.records)
        effects.outbound = EchoOutbound()
        if let problem = program.diagnostics.first(where: { $0.severity == .error }) {
            return .diagnostic("\(problem.kind.rawValue): \(problem.message)")
        }
        guard case .object(let input) = try JSON.parse(Text(input)) else { return .value("no input") }
        do {
            return .value(JSON.text(try program.runFunction("case", input: input, effects: effects)).string)
        } catch let error as StackError {
            return .error("\(error.code): \(error.message)")
        }
    }
}

extension Program {
    /// A program of sources, each a file.
    static func parsed(_ sources: [String], schema: (any RecordSchema)? = nil) throws -> Program {
        Program(constructs: try constructs(sources), schema: schema)
    }

    static func constructs(_ sources: [String]) throws -> [Construct] {
        var constructs: [Construct] = []
        for (index, source) in sources.enumerated() {
            let file = SourceFile(path: "\(index).xs", bytes: Array(source.utf8))
            let parsed = Parser.parse(file)
            for diagnostic in parsed.diagnostics where diagnostic.severity == .error {
                Issue.record("\(diagnostic.render())")
            }
            constructs.append(try #require(parsed.constructs.first))
        }
        return constructs
    }
}

extension Effects {
    /// 2024-02-29 12:30:45.678 UTC, bytes 0, 1, 2…, no database.
    static func forTests(
        records: (any RecordStore)? = nil, limits: RunLimits = RunLimits(), environment: Object = [:],
        log: @escaping (LogEntry) -> Void = { _ in }
    ) -> Effects {
        Effects(
            records: records, environment: environment, limits: limits, clock: { 1_709_209_845_678 },
            monotonicClock: { 0 }, randomBytes: { (0..<$0).map { UInt8(truncatingIfNeeded: $0) } }, log: log)
    }
}
