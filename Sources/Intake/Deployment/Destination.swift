import FunctionStack
import Values
import XanoScript

/// The query that answers a request, with what stands in the path for its parameters.
struct Destination: Sendable {
    var query: QueryProgram
    var parameters: [(name: String, value: Text)] = []
}

extension QueryProgram {
    /// `group/name` and the verb.
    var fullName: String { "\(group ?? "")/\(name):\(verb.rawValue)" }
}

/// What routing finds.
enum Routing: Sendable {
    case query(Destination)
    case notFound
    case wrongVerb(allowed: [String])
    case unsupported(Diagnostic)
}

extension ActiveWorkspace {
    /// Finds the query by `POSTERN_QUERY`, else by verb and path.
    ///
    /// - Parameter path: percent-decoded.
    func destination(method: String, path: String, settings: LocationSettings) -> Routing {
        let verb = Verb(rawValue: method)
        if let name = settings.query { return named(name, method: method) }
        guard let verb else {
            // Any known verb tells whether there is something at all.
            switch workspace.routes.match(path, verb: .delete) {
            case .wrongVerb(let allowed): return .wrongVerb(allowed: allowed.map(\.rawValue))
            case .found: return .wrongVerb(allowed: ["DELETE"])
            case .unknown: return .notFound
            }
        }
        switch workspace.routes.match(path, verb: verb) {
        case .found(let query, let parameters):
            return lookUp(query, parameters.map { ($0.name, Text($0.value)) })
        case .wrongVerb(let allowed): return .wrongVerb(allowed: allowed.map(\.rawValue))
        case .unknown: return .notFound
        }
    }

    private func named(_ name: LocationSettings.QueryName, method: String) -> Routing {
        guard let named = workspace.routes.named("\(name.group)/\(name.name)") else { return .notFound }
        let allowed = name.verb.map { [$0] } ?? named.verbs.map(\.rawValue)
        guard allowed.contains(method) || method == "HEAD" && allowed.contains("GET"), let verb = Verb(rawValue: method),
            let query = named.query(verb)
        else { return .wrongVerb(allowed: allowed) }
        return lookUp(query, [])
    }

    private func lookUp(_ index: Int, _ parameters: [(name: String, value: Text)]) -> Routing {
        switch program.query(at: index) {
        case .ready(let query): .query(Destination(query: query, parameters: parameters))
        case .unsupported(let diagnostic): .unsupported(diagnostic)
        case .missing: .notFound
        }
    }

    /// - Throws: `SettingError` if the query that the location names is not there, or reaches what is not supported.
    func check(_ settings: LocationSettings) throws(SettingError) {
        guard let name = settings.query else { return }
        let title = settings.entries.title(.query)
        let full = "\(name.group)/\(name.name)"
        guard let named = workspace.routes.named(full) else {
            let known = workspace.routes.queryNames
            throw SettingError(
                title, "names \(full), which the workspace does not have",
                remedy: NearestName.of(full, among: known).map { "did you mean \($0)?" }
                    ?? "it has " + known.prefix(10).joined(separator: ", "))
        }
        if let verb = name.verb, !named.verbs.contains(where: { $0.rawValue == verb }) {
            throw SettingError(
                title, "names \(verb) \(full), which has " + named.verbs.map(\.rawValue).joined(separator: ", "),
                remedy: "name one of these verbs")
        }
        for verb in named.verbs where name.verb.map({ $0 == verb.rawValue }) ?? true {
            guard let index = named.query(verb), case .unsupported(let diagnostic) = program.query(at: index) else { continue }
            throw SettingError(title, "reaches what is not supported: \(diagnostic.heading)", remedy: "take it out of the stack")
        }
    }
}
