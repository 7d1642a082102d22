package import FunctionStack
package import Records
package import XanoScript

/// A workspace as it is served: read, lowered, and its tables in the database.
package final class ActiveWorkspace: Sendable {
    package let workspace: Workspace
    package let program: Program
    let plans: RecordPlans

    /// Reads and lowers a workspace's folder.
    ///
    /// - Throws: `WorkspaceProblem` if the folder cannot be read or holds an error. What is merely unsupported spoils
    ///   only what reaches it.
    package init(directory: String) throws(WorkspaceProblem) {
        let checked = try CheckedWorkspace(directory: directory, withTests: false)
        if let first = checked.diagnostics.first(where: { $0.severity == .error && $0.kind != .unsupported }) {
            throw WorkspaceProblem(
                problem: first.heading, remedy: "mend it; postern check --workspace \(directory) shows all there is")
        }
        workspace = checked.workspace
        program = checked.program
        plans = RecordPlans(checked.schema)
    }

    var schema: WorkspaceSchema { plans.schema }
    /// Whether tasks run by themselves.
    var hasTasks: Bool { program.tasks.contains { $0.isActive && !$0.schedule.isEmpty } }
}

/// A workspace with everything that can be said of it before it runs.
package struct CheckedWorkspace: Sendable {
    package let workspace: Workspace
    package let schema: WorkspaceSchema
    package let program: Program
    /// Of the parser, the tables and the stacks, in this order.
    package let diagnostics: [Diagnostic]

    /// - Throws: `WorkspaceProblem` if the folder cannot be read.
    package init(directory: String, withTests: Bool = true) throws(WorkspaceProblem) {
        do throws(WorkspaceError) {
            workspace = try Workspace.load(directory: directory)
        } catch {
            throw WorkspaceProblem(problem: error.description, remedy: "name the folder that holds the .xs files")
        }
        schema = WorkspaceSchema(constructs: workspace.constructs)
        program = Program(workspace, schema: schema, withTests: withTests)
        diagnostics = workspace.diagnostics + schema.diagnostics + program.diagnostics
    }
}

/// Why a workspace cannot be served.
package struct WorkspaceProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package var problem: String
    package var remedy: String

    package var description: String { "\(problem); \(remedy)" }
}

extension Diagnostic {
    /// `FILE:LINE:COLUMN: error: KIND: text`, and the remedy, in one line.
    var heading: String {
        let (line, column) = file.position(of: range.start)
        let text = "\(file.path):\(line):\(column): \(severity.rawValue): \(kind.rawValue): \(message)"
        return remedy.map { text + " (" + $0.split(separator: "\n").joined(separator: "; ") + ")" } ?? text
    }
}
