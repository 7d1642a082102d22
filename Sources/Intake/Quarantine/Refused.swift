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
        let own = location.ownCredentials
        let uri = mask.masked(uri: environment.bytes("REQUEST_URI") ?? [], places)
        let headers = mask.masked(environment.headers, places).map { field in
            HeaderField(field.name, Text(bytes: mask.concealing(own, in: field.value.bytes, encode: Self.formEncoded)))
        }
        let kept = keptBody(method, mask).map { mask.concealing(own, in: $0) }
        // Written in another way it is out of the body as well, but then nobody can put it back.
        let bare = kept.map { mask.concealing(own.map(Self.formEncoded) + own.map(Self.escaped), in: $0) }
        return RefusedRequest(
            id: id, location: location.settings.name, received: received, status: status, reason: reason, peer: peer,
            method: method, uri: Text(bytes: mask.concealing(own, in: uri, encode: Self.formEncoded)), headers: headers,
            body: bare ?? [], bodySize: body?.count, isWhole: kept != nil && bare == kept)
    }

    private static func formEncoded(_ bytes: [UInt8]) -> [UInt8] { PercentEncoding.form.encode(Text(bytes: bytes)).bytes }

    /// As JSON has it between quotes.
    private static func escaped(_ bytes: [UInt8]) -> [UInt8] { Array(JSON.print(.text(Text(bytes: bytes))).dropFirst().dropLast()) }

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
