package import Inbox
import Values
package import Verification

/// Why a request was refused, found out afterwards: it is judged again as of its time of receipt, with the secrets that its
/// location has now. For the operator alone.
package struct Explanation: Sendable {
    /// What the same request would be answered now.
    package enum Judgement: Sendable, Equatable {
        /// It would be taken, by the secret that stands there.
        case verified(origin: String?)
        case handshake
        /// It would be refused, and this is why.
        case refused(String)
        /// It cannot be judged, and this is why.
        case unknown(String)
    }

    package let sender: String?
    package private(set) var judgement: Judgement
    /// Likely causes, the most likely first.
    package private(set) var findings: [Finding] = []
    /// What else the operator should know.
    package private(set) var remarks: [String] = []

    /// - Parameter quarantine: what is known of the database's locations.
    package init(_ request: RefusedRequest, _ quarantine: KnownLocations) {
        do throws(SettingError) {
            let saved = try quarantine.rule(of: request.location)
            sender = saved.rule.name
            judgement = .unknown("")
            judge(request, saved, quarantine)
        } catch {
            sender = nil
            judgement = .unknown(error.description)
        }
    }

    private mutating func judge(_ request: RefusedRequest, _ saved: SavedRule, _ known: KnownLocations) {
        guard request.status == 401 else {
            judgement = .unknown("it was refused before anything was verified")
            return
        }
        let secrets = known.secrets(of: saved, &remarks)
        let tokens = known.verifyTokens(of: saved, &remarks)
        let others = known.otherSecrets(than: request.location)
        let candidates = CredentialCandidates([secrets, tokens, others])
        guard let mask = known.mask else {
            judgement = .unknown("the database has no key to tell credentials by")
            return
        }
        let kept = KeptRequest(request, mask, candidates: candidates.bytes)
        for (place, candidate) in kept.found { remarks.append("\(place) held \(candidates.origins[candidate])") }
        do throws(SettingProblem) {
            let verifier = try Verifier(
                saved.rule, secrets: secrets, url: saved.settings.url, tolerance: saved.settings.tolerance,
                verifyTokens: tokens, addresses: try known.addresses(of: saved), awaitsSecret: saved.rule.enrols)
            if let reason = Self.obstacle(request, verifier) {
                judgement = .unknown(reason)
                return
            }
            judgement = Self.judgement(verifier.verify(kept, at: request.received, keys: known.keys), secrets)
        } catch {
            judgement = .unknown("with the settings as they are now it cannot be judged: \(error.problem); \(error.remedy)")
            return
        }
        guard case .refused = judgement else { return }
        let diagnosis = Diagnosis(
            saved.rule, secrets: secrets, url: saved.settings.url, tolerance: saved.settings.tolerance, verifyTokens: tokens,
            others: others, senders: (try? SendersFile(workspace: saved.settings.workspace).load()) ?? OwnSenders())
        findings = diagnosis.examine(kept, at: request.received)
    }

    /// Why a request could only be judged wrongly.
    private static func obstacle(_ request: RefusedRequest, _ verifier: Verifier) -> String? {
        if !request.isWhole {
            return "not all of it is kept: it is large, or its body may hold a credential that could not be taken out"
        }
        let tokens = verifier.credentialPlaces.headers.filter { $0.form == .signedToken }.map(\.name)
        guard request.headers.contains(where: { tokens.contains($0.name.string.lowercased()) }) else { return nil }
        return "of a token that alone says who sent it only the claims are kept, not the signature"
    }

    private static func judgement(_ verdict: Verdict, _ secrets: SecretSet) -> Judgement {
        switch verdict {
        case .verified(let verified):
            .verified(origin: verified.secretIndex.map { secrets.secrets[$0].origin })
        case .handshake, .subscription: .handshake
        case .enrolment: .refused(Refusal(.noEnrolment).sentence)
        case .refused(let refusal): .refused(refusal.sentence)
        }
    }
}
