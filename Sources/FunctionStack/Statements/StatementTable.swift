/// All statements by name. Looked at when a workspace is loaded.
struct StatementTable: Sendable {
    static let standard = StatementTable([
        ControlStatements.definitions, VariableStatements.definitions, ArrayStatements.definitions,
        TextStatements.definitions, MathStatements.definitions, ObjectStatements.definitions,
        DatabaseStatements.definitions, QueryStatements.definitions, DirectStatements.definitions,
        CacheStatements.definitions, UtilityStatements.definitions, SecurityStatements.definitions,
        TokenStatements.definitions, DebugStatements.definitions,
        OutboundStatements.definitions, StreamStatements.definitions, StreamRequestStatements.definitions,
        FileStatements.definitions, SchemaStatements.definitions,
    ])

    private let byName: [String: StatementDefinition]

    /// Each statement once, in no order.
    var definitions: [StatementDefinition] { Array(byName.values) }

    init(_ groups: [[StatementDefinition]]) {
        var byName: [String: StatementDefinition] = [:]
        for definition in groups.joined() { byName[definition.name] = definition }
        self.byName = byName
    }

    subscript(name: String) -> StatementDefinition? { byName[name] }

    /// Why a statement of the language is refused, if there is more to say than that it is not there yet.
    static func reasonAgainst(_ name: String) -> String? {
        if let reason = refused[name] { return reason }
        return refusedFamilies.first { name.hasPrefix($0.prefix) }?.reason
    }

    /// The names that are refused with a reason of their own, a family's as `name.*`, in order.
    static var refusals: [(name: String, reason: String)] {
        let families = refusedFamilies.map { (name: $0.prefix + "*", reason: $0.reason) }
        let single = refused.map { (name: $0.key, reason: $0.value) }.filter { standard[$0.name] == nil }
        return (families + single).sorted { $0.name < $1.name }
    }

    private static let refused: [String: String] = [
        "api.lambda": "Postern runs no JavaScript",
        "api.realtime_event": "there is no realtime channel",
        "action.package.call": "actions are not supported",
        "api.call": "it belongs to workflow tests",
        "db.increment": "add to the column with db.edit or db.patch",
        "function.call": "it belongs to workflow tests; use function.run",
        "task.call": "it belongs to workflow tests",
        "middleware.call": "it belongs to workflow tests",
        "tool.call": "agents and tools are not supported",
        "trigger.call": "triggers are not supported",
        "stream.send": "events are sent over an answer that stays open, and this one is sent whole",
        "stream.close": "events are sent over an answer that stays open, and this one is sent whole",
        "webflow.request": "use api.request",
        "workflow_test.call": "it belongs to workflow tests",
        "util.ip_lookup": "there is no table of addresses",
    ]

    private static let refusedFamilies: [(prefix: String, reason: String)] = [
        ("ai.", "agents and models are not supported"),
        ("cloud.", "cloud services are not supported"),
        ("datadog.", "Datadog is not supported; use api.request"),
        ("mcp.", "agents and their tools are not supported"),
        ("realtime.", "there is no realtime channel"),
        ("storage.", "file storage is not supported"),
        ("zip.", "archives are not supported"),
        ("db.external.", "external databases are not supported"),
        ("expect.", "expectations stand only in a test"),
    ]
}
