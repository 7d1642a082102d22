import Values
import XanoScript

/// Turns the stack of one query, function or middleware into nodes.
final class RoutineLowering {
    let file: SourceFile
    let names: ProgramNames
    var scope = Scope()
    var facts = Facts()
    /// Functions that the routine runs, by their numbers.
    private(set) var calls: Set<Int> = []
    /// Where functions are run inside a transaction.
    private(set) var transactionCalls: [(function: Int, name: String, range: SourceRange)] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Element filters around the expression that is being lowered, innermost last.
    var elements: [ElementFilterNode.Slots] = []
    /// Whether an expression named `$parent`, for each of `elements`.
    var parentUses: [Bool] = []
    /// Loops and switches around the statement, innermost last.
    var loops: [Loop] = []
    /// The variable that `$output` is: the record that an addon adds to, where an addon's input is lowered.
    var outputSlot: Int?
    /// How many `try` blocks are around the statement.
    var tries = 0
    /// How many `db.transaction` blocks are around the statement.
    var transactions = 0
    /// Whether the stack is a workflow test's, where constructs are called and things are expected.
    var isWorkflowTest = false
    /// What a workflow test expects of itself as a whole.
    var wholeExpectations: [Expectation] = []
    /// Variables that nothing may change from here on.
    var immutable: Set<String> = []
    private var reads: [String: SourceRange] = [:]
    /// Stacks that run after the answer, of the whole workspace.
    var postProcesses = PostProcessList(first: 0)
    /// Those of this routine, by their numbers.
    private(set) var deferred: Set<Int> = []
    /// Whether it reads `$input`.
    var usesInput = false
    /// Whether it names variables only when it runs.
    var usesAllVariables = false

    enum Loop {
        /// With the slot that `remove` sets.
        case foreach(removalSlot: Int, usesRemoval: Bool)
        case other
        case `switch`
    }

    init(file: SourceFile, names: ProgramNames) {
        self.file = file
        self.names = names
    }

    // MARK: Diagnostics

    func report(
        _ kind: Diagnostic.Kind, _ range: SourceRange, _ message: String, remedy: String? = nil,
        severity: Diagnostic.Severity = .error
    ) {
        diagnostics.append(
            Diagnostic(
                severity: severity, kind: kind, file: file, range: range, message: message, remedy: remedy))
    }

    func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Reports a name that is not known, with the nearest that is.
    func reportUnknown(
        _ what: String, _ name: String, _ range: SourceRange, in other: SourceFile? = nil,
        among known: some Sequence<String>, severity: Diagnostic.Severity = .error
    ) {
        guard !name.isEmpty else {
            // Exports have them where nothing was chosen. It spoils what reaches it, as it does in Xano.
            let message = "no \(what) is named here"
            return report(
                Diagnostic(kind: .unsupported, file: other ?? file, range: range, message: message))
        }
        let nearest = NearestName.of(name, among: known)
        diagnostics.append(
            Diagnostic(
                severity: severity, kind: .name, file: other ?? file, range: range,
                message: "there is no \(what) `\(name)`",
                remedy: nearest.map { "did you mean `\($0)`?" }))
    }

    /// Reports variables that are read and never assigned: they are null.
    ///
    /// - Parameter inputs: names that are often read without the `$input` before them
    func reportUnassigned(inputs: [String] = []) {
        for (name, range) in reads.sorted(by: { $0.value.start < $1.value.start })
        where !scope.assigned.contains(name) {
            let nearest =
                inputs.contains(name) ? "input.\(name)" : NearestName.of(name, among: scope.assigned)
            report(
                .name, range, "nothing assigns $\(name), so it is null",
                remedy: nearest.map { "did you mean $\($0)?" }, severity: .warning)
        }
    }

    // MARK: Names

    func read(_ name: String, _ range: SourceRange) -> Int {
        if reads[name] == nil { reads[name] = range }
        return scope.slot(reading: name)
    }

    /// Where a name was read first, which is then told of elsewhere.
    func takeRead(_ name: String) -> SourceRange? { reads.removeValue(forKey: name) }

    func call(_ function: Int) { calls.insert(function) }

    func `defer`(_ postProcess: Int) { deferred.insert(postProcess) }

    /// Notes a template, which may name anything.
    func readsEverything() {
        usesInput = true
        usesAllVariables = true
        facts.readsRequest = true
    }

    /// The routine with all that was found out about it.
    func lowered(_ routine: Routine) -> LoweredRoutine {
        LoweredRoutine(
            routine: routine, file: file, facts: facts, calls: calls, deferred: deferred, transactionCalls: transactionCalls,
            diagnostics: diagnostics)
    }

    func call(_ function: Int, _ name: String, _ range: SourceRange) {
        call(function)
        if transactions > 0 { transactionCalls.append((function, name, range)) }
    }
}

/// What a routine may name outside itself.
struct ProgramNames: Sendable {
    /// Functions by name, with their numbers.
    var functions: [String: Int] = [:]
    var tasks: [String: Int] = [:]
    var middleware: [String: Int] = [:]
    var queries: [QueryName: Int] = [:]
    /// Addons by name.
    var addons: [String: AddonDeclaration] = [:]
    var schema: (any RecordSchema)?
    /// Whether `db.direct_query` may write, by the workspace's `preferences = {direct_query_writes: true}`.
    var allowsDirectWrites = false
    var tableConstructs: [String: Table] = [:]
    var tables: [String] = []
    /// Those with `auth = true`.
    var authenticationTables: Set<String> = []
    /// Of tables, for inputs that are made of them.
    var columns: [String: [Column]] = [:]
    // Made when the first filter is met: a process that answers one request may meet none.
    var filters: FilterTable { FilterTable.standard }
}
