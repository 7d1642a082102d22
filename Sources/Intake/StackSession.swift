import Cryptography
package import FunctionStack
import Inbox
import Records
import Storage
package import Values
import XanoScript

/// A workspace on a database of the command line: `postern run`, `postern test`, `postern eval`.
package final class StackSession {
    private let checked: CheckedWorkspace
    private let connection: Connection
    private let plans: RecordPlans

    /// - Parameter database: a file of this workspace, created if it is not there; nil for an empty one in memory.
    /// - Throws: errors of the storage.
    package init(_ checked: CheckedWorkspace, database: String?) throws {
        self.checked = checked
        plans = RecordPlans(checked.schema)
        connection = try Connection(database.map { .request($0) } ?? .memory)
        try connection.prepare(workspace: checked.workspace.name, schemas: [Inbox.schema, Records.ownTables])
        try checked.schema.migrate(connection, now: Clock.now())
    }

    /// Runs something in one transaction, which an error undoes; in as many as there are requests and mails in it, if
    /// it may send those: what was written before one is committed before it leaves.
    ///
    /// - Parameter outbound: nil for who may reach no other machine.
    package func perform<Result>(
        outbound: (any OutboundEffects)? = nil, _ body: (Effects) throws -> Result
    ) throws -> Result {
        try connection.transaction {
            var effects = Self.effects(Records(connection, plans, clock: Clock.now, randomBytes: RandomBytes.make))
            effects.outbound = outbound.map { CommittingEffects($0, connection) }
            // So that a statement of SQL ends with the run's time.
            return try connection.bounding(until: RunLimits().end) { try body(effects) }
        }
    }

    /// Runs a query as if a request had brought `input` as its JSON body.
    ///
    /// - Parameters:
    ///   - name: `group/name`.
    ///   - verb: nil if the query has only one.
    ///   - auth: who is signed in, an object with an `id`; nil if nobody is.
    /// - Throws: `StackError` of the stack, or if there is no such query; errors of the storage.
    package func runQuery(
        _ name: String, verb: String?, input: Object, auth: Object?, effects: Effects
    ) throws -> Ran {
        let verbs = checked.workspace.routes.named(name)?.verbs ?? []
        guard let verb = verb ?? (verbs.count == 1 ? verbs.first?.rawValue : nil),
            let index = Verb(rawValue: verb).flatMap({ checked.workspace.routes.named(name)?.query($0) })
        else {
            let known = verbs.isEmpty ? "There is no function, no task and no query '\(name)'" : "'\(name)' has several verbs: name one"
            throw StackError(.notFound, Text(known))
        }
        switch checked.program.query(at: index) {
        case .missing: throw StackError(.notFound, Text("There is no query '\(name)'"))
        case .unsupported(let diagnostic): throw StackError(.fatal(name: nil), Text(diagnostic.heading))
        case .ready(let query):
            let request = StackRequest(
                method: verb, uri: "/", contentType: "application/json", body: JSON.print(.object(input)), receivedAt: Clock.now(),
                identity: try Self.identity(auth, table: query.authentication ?? ""))
            let outcome = try checked.program.run(query, request: request, effects: effects)
            if let error = outcome.error { throw error }
            switch outcome.body {
            case .json(let value): return Ran(value: value, left: outcome.postProcesses, request: request)
            case .raw(let text): return Ran(value: .text(text), left: outcome.postProcesses, request: request)
            }
        }
    }

    /// What a run gave, and what it left to be done after that.
    package struct Ran {
        package var value: Value
        package var left: [PostProcessEntry]
        package var request: StackRequest?
        package var identity: Identity?

        package init(value: Value, left: [PostProcessEntry], request: StackRequest? = nil, identity: Identity? = nil) {
            self.value = value
            self.left = left
            self.request = request
            self.identity = identity
        }
    }

    /// Does what a run left, in order.
    ///
    /// - Throws: the first `StackError`; errors of the storage.
    package func finish(_ ran: Ran, outbound: (any OutboundEffects)?) throws {
        guard !ran.left.isEmpty else { return }
        try perform(outbound: outbound) { effects in
            try checked.program.run(ran.left, request: ran.request, identity: ran.identity, effects: effects)
        }
    }

    /// Who `--auth` says is signed in.
    ///
    /// - Throws: `StackError` for an object without an `id`.
    package static func identity(_ auth: Object?, table: String = "") throws -> Identity? {
        guard let auth else { return nil }
        guard let identity = Identity(mock: .object(auth), table: table) else {
            throw StackError(.inputError, "--auth is an object with an id: {\"id\": 1}")
        }
        return identity
    }

    /// Evaluates one expression. `$input` is what is given; there are no tables.
    ///
    /// - Throws: `StackError`; `Diagnostic` for what is no expression.
    package static func evaluate(_ text: String, input: Object) throws -> Value {
        try Program.evaluate(text, input: .object(input), effects: effects(nil))
    }

    private static func effects(_ records: Records?) -> Effects {
        Effects(
            records: records, clock: Clock.now, monotonicClock: Clock.monotonic, randomBytes: RandomBytes.make,
            log: { entry in Log.standardError("\(Log.escaped(entry.location)): \(entry.kind.rawValue): \(JSON.text(entry.value).string)") })
    }
}
