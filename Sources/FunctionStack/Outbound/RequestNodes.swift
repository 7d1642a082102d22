import Values
import XanoScript

/// The attributes of an `api.request`, as they were lowered.
struct RequestNodes: Sendable {
    private let url: any ExpressionNode
    private let method: any ExpressionNode
    private let parameters: any ExpressionNode
    private let headers: any ExpressionNode
    private let timeout: any ExpressionNode
    private let followsRedirects: any ExpressionNode
    private let verification: [any ExpressionNode]
    private let authority: any ExpressionNode
    private let certificate: any ExpressionNode
    private let key: any ExpressionNode
    private let passphrases: [any ExpressionNode]
    private let user: String

    init(_ use: StatementUse) {
        user = use.statement.name
        url = use.node("url")
        method = use.node("method", default: "GET")
        parameters = use.node("params")
        headers = use.node("headers")
        timeout = use.node("timeout", default: 10)
        followsRedirects = use.node("follow_location", default: true)
        verification = ["verify_host", "verify_peer"].map { use.node($0, default: true) }
        authority = use.node("ca_certificate")
        certificate = use.node("certificate")
        key = use.node("private_key")
        passphrases = ["private_key_pass", "certificate_pass"].map { use.node($0) }
        warnOfVerification(use)
    }

    /// Exports have them; what they ask for would let anybody between here and there read and answer the request.
    private func warnOfVerification(_ use: StatementUse) {
        for name in ["verify_host", "verify_peer"] {
            guard let attribute = use[name], use.node(name).constant?.isTruthy == false else { continue }
            use.lowering.report(
                .unsupported, attribute.range, "the server's certificate is verified all the same",
                remedy: "give a private authority in ca_certificate", severity: .warning)
        }
    }

    func compose(_ machine: inout Machine) throws -> ComposedRequest {
        let method = try method.evaluate(&machine).text.string.uppercased()
        guard ComposedRequest.methods.contains(method) else {
            throw StackError.mistake("\(user) takes the methods \(ComposedRequest.methods.joined(separator: ", "))")
        }
        var composed = ComposedRequest(
            method: method, url: try url.evaluate(&machine).text, parameters: try parameters.evaluate(&machine))
        try composed.setHeaders(headers.evaluate(&machine), for: user)
        try composed.encode(user: user, randomBytes: machine.run.effects.randomBytes)
        composed.milliseconds = try timeout.evaluate(&machine).milliseconds(for: "The timeout of \(user)")
        composed.followsRedirects = try followsRedirects.condition(&machine)
        composed.certificates = try certificates(&machine)
        try machine.charge(bytes: (composed.body?.count ?? 0) + composed.url.byteCount)
        return composed
    }

    private func certificates(_ machine: inout Machine) throws -> OutboundCertificates {
        let passphrases = try passphrases.map { try $0.evaluate(&machine).text }
        return OutboundCertificates(
            authority: try authority.evaluate(&machine).text, own: try certificate.evaluate(&machine).text,
            key: try key.evaluate(&machine).text, passphrase: passphrases.first { !$0.isEmpty } ?? "")
    }
}
