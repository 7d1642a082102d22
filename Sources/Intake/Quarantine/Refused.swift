import Gateway
import Inbox
import Values
import Verification

/// A request that was refused, on its way to the quarantine.
struct Refused: Sendable {
    let id: EventID
    let location: ReadyLocation
    /// Milliseconds since 1970.
    let received: Int64
    let status: Int
    let reason: String
    let environment: Environment
    /// nil where it was refused without being read.
    let body: [UInt8]?

    init(_ environment: Environment, body: [UInt8]?, _ route: Endpoint.Route, status: Int, reason: String) {
        var random = SystemRandomNumberGenerator()
        id = EventID(milliseconds: route.receivedAt, random: &random)
        location = route.ready
        received = route.receivedAt
        self.status = status
        self.reason = reason
        self.environment = environment
        self.body = body
    }

    var peer: String { environment.value("REMOTE_ADDR") ?? "" }

    /// Bytes that it takes while it waits, about.
    var weight: Int { (body?.count ?? 0) + 16 << 10 }

    /// What is kept of it: everything, but of credentials only digests.
    func masked(by mask: CredentialMask) -> RefusedRequest {
        let method = environment.value("REQUEST_METHOD") ?? ""
        let places = location.verifier.credentialPlaces
        let kept = keptBody(method, mask)
        return RefusedRequest(
            id: id, location: location.settings.name, received: received, status: status, reason: reason, peer: peer,
            method: method, uri: Text(bytes: mask.masked(uri: environment.bytes("REQUEST_URI") ?? [], places)),
            headers: mask.masked(environment.headers, places), body: kept ?? [], bodySize: body?.count,
            isWhole: kept != nil)
    }

    /// nil if it was not read, or may hold a credential that cannot be taken out of it.
    private func keptBody(_ method: String, _ mask: CredentialMask) -> [UInt8]? {
        guard let body else { return nil }
        let request = VerifiableRequest(environment: environment, method: method, body: body)
        guard let credentials = location.verifier.credentialsInBody(of: request) else { return nil }
        guard !credentials.isEmpty else { return body }
        guard body.count <= RefusedRequest.maximumBody else { return nil }
        return mask.masked(body: body, credentials)
    }
}
