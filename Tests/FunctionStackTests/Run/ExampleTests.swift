import Foundation
import Records
import Testing
import XanoScript

@testable import FunctionStack

@Suite("Example workspaces")
struct ExampleTests {
    static let folders: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().map { root.appendingPathComponent($0).path }
            .filter { FileManager.default.fileExists(atPath: $0 + "/api") }
    }()

    @Test("They load without a word, and their tests pass", arguments: folders)
    func example(folder: String) throws {
        let workspace = try Workspace.load(directory: folder)
        let tables = workspace.constructs.filter { if case .table = $0.kind { true } else { false } }
        let program = Program(workspace, schema: WorkspaceSchema(constructs: tables))
        #expect((workspace.diagnostics + program.diagnostics).map { $0.render() } == [])
        for index in workspace.queries.indices {
            guard case .ready = program.query(at: index) else {
                Issue.record("\(workspace.queries[index].name) is not ready")
                continue
            }
        }
        for test in program.unitTests {
            let result = try program.run(test, effects: .forTests(records: StackDatabase(tables)?.records))
            #expect(result.failures.map { "\($0.location): \($0.message)" } == [], "\(test.subject): \(test.name)")
        }
    }

    @Test("There are some")
    func some() {
        #expect(Self.folders.count >= 5)
    }
}
