import FunctionStack
import Inbox
import Storage
import Values
import Verification

extension StackRun {
    /// Puts what the run left into the queue, in the transaction that writes what came of it.
    func queuePostProcesses(of outcome: Outcome, on connection: Connection) throws {
        guard !outcome.postProcesses.isEmpty else { return }
        let now = Clock.now()
        let deployment = location.deployment
        try deployment.saveSettings(of: location, at: now, on: connection)
        var random = SystemRandomNumberGenerator()
        for entry in outcome.postProcesses {
            let arrival = Arrival(
                id: EventID(milliseconds: now, random: &random), location: location.settings.name,
                sender: Inbox.postProcessSender, received: now, key: nil, secrets: [], request: stored(entry))
            _ = try deployment.inbox.admit(arrival, .queued(answer: StoredAnswer(status: 202)), on: connection)
        }
    }

    /// The variables are the body; of the request it has as much as the stack may ask for.
    private func stored(_ entry: PostProcessEntry) -> StoredRequest {
        var readsRequest = false
        if case .ready(let block) = workspace.program.postProcess(entry.key) { readsRequest = block.facts.readsRequest }
        return StoredRequest(
            method: "POST_PROCESS", path: Text(entry.key), query: nil,
            headers: (readsRequest ? request.kept(location) : []) + StoredIdentity.fields(request.identity),
            contentType: "application/json", body: entry.state)
    }
}

/// Names of header lines that no header can have.
private enum PseudoHeader {
    static let method: Text = ":method"
    static let uri: Text = ":uri"
    static let address: Text = ":address"
    static let type: Text = ":type"
    static let path: Text = ":path"
    static let content: Text = ":body"
}

extension StackRequest {
    /// The request as header lines, for what runs later. Credentials are not kept.
    fileprivate func kept(_ location: ReadyLocation) -> [HeaderField] {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = HeaderRedaction.redacted(
            query: parts.count > 1 ? parts[1] : Substring(queryString), token: location.verifier.credentialParameter)
        var fields = HeaderRedaction.redacted(
            headers.map { (name: $0.name, value: Text($0.value)) }, token: location.verifier.credentialHeader)
        fields.append(HeaderField(PseudoHeader.method, Text(method)))
        fields.append(HeaderField(PseudoHeader.uri, Text((parts.first.map(String.init) ?? "") + (query.isEmpty ? "" : "?" + query))))
        fields.append(HeaderField(PseudoHeader.address, Text(remoteAddress)))
        if let contentType { fields.append(HeaderField(PseudoHeader.type, Text(contentType))) }
        for parameter in pathParameters {
            fields.append(HeaderField(PseudoHeader.path, JSON.text([Text(parameter.name): .text(parameter.value)])))
        }
        if !body.isEmpty { fields.append(HeaderField(PseudoHeader.content, Text(bytes: body))) }
        return fields
    }

    /// What the stack of a block sees of the request whose run left it.
    init(postProcess stored: StoredRequest, by rule: VerificationRule, at time: Int64) {
        let fields = stored.headers
        func value(_ name: Text) -> Text? { fields.first { $0.name == name }?.value }
        let uri = value(PseudoHeader.uri)?.string ?? ""
        let parameters: [(name: String, value: Text)] = fields.compactMap { field in
            guard field.name == PseudoHeader.path, case .object(let object)? = try? JSON.parse(field.value), !object.isEmpty, case let entry = object.entry(at: 0),
                case .text(let text) = entry.value
            else { return nil }
            return (name: entry.key.string, value: text)
        }
        self.init(
            method: value(PseudoHeader.method)?.string ?? "", uri: uri,
            queryString: uri.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "",
            bodyComesFirst: rule.believesBodyBeforeQuery, remoteAddress: value(PseudoHeader.address)?.string ?? "",
            headers: fields.filter { !$0.name.string.hasPrefix(":") }.map { ($0.name.string, $0.value.string) },
            contentType: value(PseudoHeader.type)?.string, body: value(PseudoHeader.content)?.bytes ?? [], pathParameters: parameters,
            receivedAt: time, identity: StoredIdentity.read(fields))
    }
}
