import Foundation

/// What `postern selftest` said of a location.
struct SelftestResult {
    let status: Int32
    let output: String
    let errors: String
    /// The lines of each case.
    private var lines: [String: [[String: Any]]] = [:]

    private init(_ result: Command.Result) {
        status = result.status
        output = result.output
        errors = result.errors
        for line in output.split(separator: "\n") {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { continue }
            lines[object["case"] as? String ?? "", default: []].append(object)
        }
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - verify: `ROOT` in it is the sandbox.
    ///   - secret: a file of the sandbox; nil for no secret.
    init(
        _ sandbox: Sandbox, _ url: String, _ verify: String, secret: String? = "secret", _ more: [String] = [], body: String = ""
    ) throws {
        let source = secret.map { ["--secret", "file:\(sandbox.root)/\($0)"] } ?? []
        let words = ["selftest", url, "--verify", verify.replacingOccurrences(of: "ROOT", with: sandbox.root), "--json"] + source + more
        self.init(try Command.run(try sandbox.program(), words, input: Data(body.utf8)))
    }

    /// The cases that came to this.
    func cases(_ result: String) -> Set<String> {
        Set(lines.filter { $0.value.contains { $0["result"] as? String == result } }.keys)
    }

    /// The ids of all events that the location took.
    var events: Set<String> { Set(lines.values.joined().compactMap { $0["event"] as? String }) }

    /// What it said of a case.
    func text(_ name: String) -> String { lines[name]?.compactMap { $0["text"] as? String }.joined(separator: "; ") ?? "" }

    /// What a case's line has under a key.
    func value(_ name: String, _ key: String) -> Any? { lines[name]?.first?[key] }
}
