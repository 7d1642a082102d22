package import Inbox
import Values
import Verification

extension KnownLocations {
    /// The body of an event as it may be shown: without the token that its sender puts there.
    ///
    /// - Returns: nil if it may hold one that cannot be taken out.
    package func shownBody(of request: StoredRequest, at location: String) -> [UInt8]? {
        guard let rule = try? rule(of: location).rule else { return request.body }
        guard let credentials = rule.credentialsInBody(of: StoredEvent(request)) else { return nil }
        var body = request.body
        for credential in credentials where !credential.isEmpty {
            guard let bare = CredentialMask.replacing(credential, in: body, by: HeaderRedaction.mark.bytes) else { return nil }
            body = bare
        }
        return body
    }
}

/// An event's request as verification reads it.
private struct StoredEvent: SignedRequest {
    private let request: StoredRequest

    init(_ request: StoredRequest) {
        self.request = request
    }

    var method: String { request.method }
    var uri: [UInt8] { request.path.bytes + (request.query.map { Array("?".utf8) + $0.bytes } ?? []) }
    var body: [UInt8] { request.body }

    func values(ofHeader name: String) -> [[UInt8]] {
        let name = name.lowercased()
        return request.headers.filter { $0.name.string.lowercased() == name }.map(\.value.bytes)
    }
}
