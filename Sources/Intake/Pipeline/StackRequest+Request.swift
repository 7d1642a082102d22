import FunctionStack
import Gateway
import Inbox
import Values
import Verification

extension StackRequest {
    /// What a stack sees of a request that was verified.
    init(
        _ request: Request, method: String, _ verified: Verified, by rule: VerificationRule, _ destination: Destination, at time: Int64
    ) {
        let environment = request.environment
        self.init(
            method: method, uri: environment.uri, queryString: environment.value("QUERY_STRING") ?? "",
            bodyComesFirst: rule.believesBodyBeforeQuery,
            remoteAddress: environment.value("REMOTE_ADDR") ?? "",
            headers: environment.headers.map { ($0.name, $0.value.string) },
            contentType: environment.value("CONTENT_TYPE"), body: request.body,
            json: verified.json.map { .value($0) }, pathParameters: destination.parameters, receivedAt: time)
        parseAhead(destination.query)
    }

    /// What a stack sees of an event that was accepted earlier.
    init(_ stored: StoredRequest, by rule: VerificationRule, _ destination: Destination, at time: Int64) {
        let query = stored.query?.string
        let headers = stored.headers
        self.init(
            method: stored.method, uri: stored.path.string + (query.map { "?" + $0 } ?? ""), queryString: query ?? "",
            bodyComesFirst: rule.believesBodyBeforeQuery,
            headers: headers.filter { $0.name != StoredIdentity.name }.map { ($0.name.string, $0.value.string) },
            contentType: stored.contentType?.string, body: stored.body,
            pathParameters: destination.parameters, receivedAt: time, identity: StoredIdentity.read(headers))
        parseAhead(destination.query)
    }

    /// Reads the body as JSON if the stack will ask for it: here, on one of many threads, and not on that of the writer.
    private mutating func parseAhead(_ query: QueryProgram) {
        if query.readsJSON(self) { parseJSON() }
    }
}
