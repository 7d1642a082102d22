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
        ]

    private struct Captured: SignedRequest {
        var method: String
        var uri: [UInt8]
        var body: [UInt8]
        var headers: [(name: String, value: String)]

        func values(ofHeader name: String) -> [[UInt8]] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map { Array($0.value.utf8) }
        }
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
        let verifier: Verifier
        do throws(SettingProblem) {
            verifier = try Verifier(
                rule, secrets: secrets, url: parts?.origin, tolerance: tolerance, verifyTokens: try SigningOptions.verifyTokens(rule))
        } catch {
            throw UsageError("\(error.problem); \(error.remedy)")
        }
        for warning in secrets.warnings { Standard.error("warning: \(warning)\n") }
        let request = Captured(
            method: arguments["method"] ?? "POST", uri: Array((parts?.uri ?? "/").utf8), body: try SigningOptions.body(),
            headers: try SigningOptions.headers(arguments))
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
