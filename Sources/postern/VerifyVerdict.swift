import Intake
import Values
import Verification

/// A verdict as `postern verify` tells it.
struct VerifyVerdict {
    /// What it says first, a line each.
    let lines: [String]
    let isGood: Bool
    let findings: [Finding]
    private let object: Object

    /// - Parameter examine: finds out why a request was refused.
    init(_ verdict: Verdict, _ secrets: SecretSet, examine: () -> [Finding]) {
        var findings: [Finding] = []
        switch verdict {
        case .verified(let verified):
            let origin = verified.secretIndex.map { secrets.secrets[$0].origin }
            lines =
                ["verified: \(verified.sender)" + (origin.map { " by the secret in \($0)" } ?? "")]
                + (verified.deliveryID.map { ["id: \($0.string)"] } ?? [])
                + (verified.eventType.map { ["type: \($0.string)"] } ?? [])
            isGood = true
            object = [
                "verdict": "verified", "sender": .text(verified.sender), "secret": origin.map { .text($0) } ?? .null,
                "id": verified.deliveryID.map { .text($0) } ?? .null,
                "type": verified.eventType.map { .text($0) } ?? .null,
                "timestamp": verified.timestamp.map { .integer($0) } ?? .null,
            ]
        case .handshake(let answer):
            lines = ["verified: a handshake, answered \(String(decoding: answer.body, as: UTF8.self))"]
            isGood = true
            object = [
                "verdict": "handshake", "status": .integer(Int64(answer.status)),
                "answer": .text(Text(bytes: answer.body)),
            ]
        case .subscription(let address):
            lines = [
                "verified: it asks whether a subscription is wanted; a location answers by a GET of its SubscribeURL"
            ]
            isGood = true
            object = ["verdict": "subscription", "address": .text(address.url)]
        case .enrolment:
            let reason = "it brings the secret, which is taken only while postern events enroll waits for it"
            lines = ["not judged: \(reason)"]
            isGood = false
            object = ["verdict": "enrolment", "reason": .text(reason)]
        case .refused(let refusal):
            findings = examine()
            lines = ["refused: \(refusal.sentence)"] + Self.notes(refusal)
            isGood = false
            object = [
                "verdict": "refused", "reason": .text(refusal.sentence),
                "findings": .array(
                    findings.map {
                        [
                            "mistake": .text($0.mistake.rawValue), "proved": .boolean($0.isProved),
                            "text": .text($0.sentence),
                        ]
                    }),
            ]
        }
        self.findings = findings
    }

    private static func notes(_ refusal: Refusal) -> [String] {
        guard case .noKeys = refusal.reason else { return [] }
        return ["note: nothing is fetched here: save what is published there, and name the file with --secret"]
    }

    var json: String { TerminalJSON.text(object) }
}
