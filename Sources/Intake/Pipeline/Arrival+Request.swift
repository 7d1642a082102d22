import FunctionStack
import Gateway
import Inbox
import Values
import Verification

extension Arrival {
    /// A verified request as the inbox keeps it.
    init(
        _ request: Request, _ verified: Verified, _ run: StackRequest, _ destination: Destination, _ route: Endpoint.Route
    ) {
        var random = SystemRandomNumberGenerator()
        let uri = run.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let routed = request.environment.path
        // What routing went by, which a rewrite or a prefix of the web server's makes another than the request's own.
        let isOwn = PercentEncoding.uri.decode(Text(String(uri.first ?? ""))).string == routed
        let path = isOwn || routed.isEmpty ? String(uri.first ?? "") : Self.encoded(routed)
        self.init(
            id: EventID(milliseconds: route.receivedAt, random: &random), location: route.ready.settings.name,
            sender: verified.sender, received: route.receivedAt,
            // One delivery that reaches two queries is an event of each, and so are two users' alike ones.
            key: verified.dedupeKey.map { Self.key("\($0.kind)@\(destination.query.fullName)\(StoredIdentity.suffix(run.identity))", $0.value) },
            secrets: route.ready.marks(of: verified),
            request: StoredRequest(
                method: run.method, path: Text(path),
                query: uri.count > 1 ? Text(HeaderRedaction.redacted(query: uri[1], token: route.ready.verifier.credentialParameter)) : nil,
                headers: HeaderRedaction.redacted(request.environment.headers, token: route.ready.verifier.credentialHeader)
                    + StoredIdentity.fields(run.identity),
                contentType: run.contentType.map { Text($0) }, body: request.body))
    }

    private static func encoded(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { PercentEncoding.uri.encode(Text(String($0))).string }.joined(separator: "/")
    }
}
