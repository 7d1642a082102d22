import Inbox
import Values
import Verification

/// A request of the quarantine as verification reads it, with the credentials that are known in their places again. It is
/// never shown.
struct KeptRequest: SignedRequest {
    let method: String
    let uri: [UInt8]
    let body: [UInt8]
    let peer: PeerAddress
    private let headers: [(name: String, value: [UInt8])]
    /// Where a secret stood that is known, and which of the candidates it was.
    let found: [(place: String, candidate: Int)]

    /// - Parameter candidates: what may have stood where only digests are kept.
    init(_ request: RefusedRequest, _ mask: CredentialMask, candidates: [[UInt8]]) {
        var found: [(place: String, candidate: Int)] = []
        method = request.method
        uri = mask.unmasked(
            request.uri.bytes, candidates, encode: { PercentEncoding.form.encode(Text(bytes: $0)).bytes },
            found: { found.append(("the query string", $0)) })
        let body = mask.unmasked(request.body, candidates, found: { found.append(("the body", $0)) })
        // Where a digest still stands in the body, its length is another one than the request's own.
        let growth = request.isWhole ? request.bodySize.map { body.count - $0 } ?? 0 : 0
        headers = request.headers.map { field in
            let name = field.name.string
            let value = mask.unmasked(field.value.bytes, candidates, found: { found.append(("header \(name)", $0)) })
            return (name, name.lowercased() == "content-length" ? Self.length(value, plus: growth) : value)
        }
        self.body = body
        peer = PeerAddress(request.peer.utf8Span.span)
        self.found = found
    }

    private static func length(_ value: [UInt8], plus growth: Int) -> [UInt8] {
        guard growth != 0, let length = Int(String(decoding: value, as: UTF8.self)), (0...Int(Int32.max)).contains(length) else {
            return value
        }
        return Array(String(length + growth).utf8)
    }

    var headerNames: [String] { headers.map(\.name) }

    func values(ofHeader name: String) -> [[UInt8]] { Self.values(ofHeader: name, among: headers) }
}
