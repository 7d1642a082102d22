import Testing
import Verification

/// A request that was signed rightly, and one mistake that somebody has made with it.
struct Mishap: Sendable, CustomTestStringConvertible {
    let mistake: Mistake
    /// What the finding has to say.
    let says: String
    var verify = "github"
    /// As which the sender signs, if not as the location expects.
    var signs: String?
    /// The secret with which it signs.
    var secret = "s3cr3t-of-the-webhook"
    /// What the location has in its place.
    var configured: String?
    /// Other secrets that the operator knows.
    var others: [String] = []
    /// As the sender sees the address.
    var sent = "https://hooks.example.com"
    /// As the location has it.
    var url: String?
    var uri = "/in?a=b"
    var method = "POST"
    var headers: [OutgoingMessage.Header] = []
    var body = Array(#"{"id":"evt_1","amount":100}"#.utf8)
    /// Seconds from the time that is signed to that of receipt.
    var late: Int64 = 0
    var isProved = true
    /// What happens to the request on its way.
    var change: @Sendable (inout TestRequest) -> Void = { _ in }

    static let time: Int64 = 1_760_000_000_000

    var testDescription: String { "\(mistake.rawValue): \(says)" }

    init(_ mistake: Mistake, _ says: String, _ set: (inout Mishap) -> Void) {
        self.mistake = mistake
        self.says = says
        set(&self)
    }

    /// The same body, but another on its arrival.
    init(_ mistake: Mistake, _ says: String, body: String, arrives: String) {
        self.init(mistake, says, body: body, bytes: Array(arrives.utf8))
    }

    init(_ mistake: Mistake, _ says: String, body: String, bytes: [UInt8]) {
        self.init(mistake, says) { mishap in
            mishap.body = Array(body.utf8)
            mishap.change = { $0.body = bytes }
        }
    }

    /// The right secret, and what the location has in its place.
    init(_ mistake: Mistake, _ says: String, secret: String, configured: String, verify: String = "github") {
        self.init(mistake, says) { mishap in
            (mishap.secret, mishap.configured, mishap.verify) = (secret, configured, verify)
        }
    }
}

extension Mishap {
    func signed() throws -> TestRequest {
        let rule = try VerificationRule(signs ?? verify)
        let message = OutgoingMessage(method: method, uri: uri, headers: headers, body: body, id: "msg_1")
        let signer = try Signer(rule, secrets: SecretSet.of([secret]), url: rule.needsURL ? sent : nil)
        return TestRequest(try signer.sign(message, at: Self.time))
    }

    func arrived() throws -> TestRequest {
        var request = try signed()
        change(&request)
        return request
    }

    func findings() throws -> [Finding] {
        let rule = try VerificationRule(verify)
        let diagnosis = Diagnosis(
            rule, secrets: try SecretSet.of([configured ?? secret]), url: rule.needsURL ? url ?? sent : nil,
            others: try SecretSet.of(others))
        return diagnosis.examine(try arrived(), at: Self.time + late * 1000)
    }
}
