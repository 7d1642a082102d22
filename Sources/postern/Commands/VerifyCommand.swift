import Values
import Verification

/// `postern verify`
enum VerifyCommand: CommandDefinition {
    static let name = "verify"
    static let summary = "Judges one captured request as a location would, and says which check failed and why."
    static let operands = "--verify \"SENDER …\" --secret SOURCE [options] < body"
    static let details = "The body comes on standard input, byte for byte. Exit status 0: verified, 1: refused."
    static let options =
        SigningOptions.all + [
            Option("url", "URL", "the whole address as the sender called it"),
            Option("tolerance", "SECONDS", "as POSTERN_TOLERANCE"),
            Option("address", "IP", "where the request came from, for ip="),
        ]

    private struct Captured: SignedRequest {
        var method: String
        var uri: [UInt8]
        var body: [UInt8]
        var headers: [(name: String, value: String)]
        var peer: PeerAddress

        func values(ofHeader name: String) -> [[UInt8]] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map { Array($0.value.utf8) }
        }
    }

    /// `--address`, which a rule with `ip=` needs.
    private static func peer(_ arguments: Arguments, _ rule: VerificationRule) throws(UsageError) -> PeerAddress {
        guard let text = arguments["address"] else {
            guard rule.addresses == nil else {
                throw UsageError("--address is missing: with ip= it counts where the request came from, --address 192.0.2.1")
            }
            return .missing
        }
        guard let address = IPAddress(text) else { throw UsageError("--address is an IP address: 192.0.2.1 or 2001:db8::1") }
        return .address(address)
    }

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("verify takes no operand; the body comes on standard input") }
        let rule = try SigningOptions.rule(arguments)
        let secrets = try SigningOptions.secrets(arguments, rule)
        let parts = try arguments["url"].map { url throws(UsageError) in try SigningOptions.parts(of: url) }
        var tolerance: Int64?
        if let text = arguments["tolerance"] {
            guard let seconds = Int64(text), seconds > 0 else { throw UsageError("--tolerance is a number of seconds") }
            tolerance = seconds
        }
        let peer = try peer(arguments, rule)
        let addresses = try SigningOptions.addresses(rule)
        let verifier: Verifier
        do throws(SettingProblem) {
            verifier = try Verifier(
                rule, secrets: secrets, url: parts?.origin, tolerance: tolerance, verifyTokens: try SigningOptions.verifyTokens(rule),
                addresses: addresses)
        } catch {
            throw UsageError("\(error.problem); \(error.remedy)")
        }
        for warning in secrets.warnings { Standard.error("warning: \(warning)\n") }
        let request = Captured(
            method: arguments["method"] ?? "POST", uri: Array((parts?.uri ?? "/").utf8), body: try SigningOptions.body(),
            headers: try SigningOptions.headers(arguments), peer: peer)
        let time = try SigningOptions.time(arguments)
        switch verifier.verify(request, at: time) {
        case .verified(let verified):
            let origin = verified.secretIndex.map { " by the secret in \(secrets.secrets[$0].origin)" } ?? ""
            Standard.output("verified: \(verified.sender)\(origin)\n")
            if let id = verified.deliveryID { Standard.output("id: \(id.string)\n") }
            if let type = verified.eventType { Standard.output("type: \(type.string)\n") }
        case .handshake(let answer):
            Standard.output("verified: a handshake, answered \(String(decoding: answer.body, as: UTF8.self))\n")
        case .subscription:
            Standard.output("verified: it asks whether a subscription is wanted; a location answers by a GET of its SubscribeURL\n")
        case .enrolment:
            throw CommandFailure("not judged: it brings the secret, which is taken only while postern events enroll waits for it")
        case .refused(let refusal):
            for finding in Diagnosis(rule, secrets: secrets, url: parts?.origin).findings(request, at: time) {
                Standard.error("hint: \(finding)\n")
            }
            throw CommandFailure("refused: \(refusal.sentence)")
        }
    }
}
