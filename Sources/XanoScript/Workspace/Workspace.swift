/// A folder of `.xs` files, read and checked as a whole. It does not change: when a file does, the folder is read
/// again, and the new workspace takes the place of the old one if it has no errors.
package struct Workspace: Sendable {
    /// The name in its `workspace` construct, else the last part of the folder's path as written. A database
    /// remembers it.
    package var name: String
    /// The folder, as given.
    package var directory: String
    /// In order of path, then verb. Their groups are known by name.
    package var queries: [Declared<Query>] = []
    /// By full name, folders included: `billing/total`.
    package var functions: [String: Declared<Function>] = [:]
    package var middleware: [String: Declared<Middleware>] = [:]
    package var tables: [String: Declared<Table>] = [:]
    package var apiGroups: [String: Declared<APIGroup>] = [:]
    package var branch: Declared<Branch>?
    package var settings: Declared<WorkspaceSettings>?
    package var tasks: [String: Declared<ScheduledTask>] = [:]
    package var workflowTests: [String: Declared<WorkflowTest>] = [:]
    /// Constructs that are refused where they are reached: addons, triggers…
    package var others: [Construct] = []
    /// Which query answers which address.
    package var routes = RouteTable()
    /// Errors and warnings of all files, in order of path and place.
    package var diagnostics: [Diagnostic] = []
    /// What the folder looked like when it was read.
    package var fingerprint: WorkspaceFingerprint

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    init(name: String, directory: String, fingerprint: WorkspaceFingerprint) {
        self.name = name
        self.directory = directory
        self.fingerprint = fingerprint
    }
}

/// A construct of one kind, with its name and place.
package struct Declared<Content: Sendable>: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var file: SourceFile
    package var range: SourceRange
    package var content: Content

    init(_ construct: Construct, _ content: Content) {
        name = construct.name
        nameRange = construct.nameRange
        file = construct.file
        range = construct.range
        self.content = content
    }
}

/// Why a folder could not be read at all. What is wrong in its files is told by diagnostics.
package enum WorkspaceError: Error, Sendable, Equatable, CustomStringConvertible {
    case missing(String)
    case notAFolder(String)
    /// The error number says why.
    case unreadable(String, errno: Int32)
    /// More than `WorkspaceFolder.maximumFiles` files.
    case tooManyFiles(String)

    package var description: String {
        switch self {
        case .missing(let path): "the workspace \(path) does not exist; give the folder that holds the .xs files"
        case .notAFolder(let path): "the workspace \(path) is not a folder; give the folder that holds the .xs files"
        case .unreadable(let path, let number):
            "the workspace \(path) cannot be read: \(WorkspaceFolder.text(ofError: number))"
        case .tooManyFiles(let path):
            "the workspace \(path) holds more than \(WorkspaceFolder.maximumFiles) .xs files; is it the right folder?"
        }
    }
}
