import FunctionStack
import Gateway
import Inbox
import Values
import Verification

extension Arrival {
    /// A verified request as the inbox keeps it.
    init(_ request: Request, _ verified: Verified, _ run: StackRequest, _ route: Endpoint.Route) {
        var random = SystemRandomNumberGenerator()
        let uri = run.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            id: EventID(milliseconds: route.receivedAt, random: &random), location: route.ready.settings.name,
            sender: verified.sender, received: route.receivedAt,
            key: verified.dedupeKey.map { Self.key($0.kind, $0.value) },
            secret: verified.secretIndex.map { route.ready.secretOrigins[$0] },
            request: StoredRequest(
                method: run.method, path: Text(String(uri.first ?? "")), query: uri.count > 1 ? Text(String(uri[1])) : nil,
                headers: HeaderRedaction.redacted(request.environment.headers, token: route.ready.verifier.credentialHeader),
                contentType: run.contentType.map { Text($0) }, body: request.body))
    }
}
