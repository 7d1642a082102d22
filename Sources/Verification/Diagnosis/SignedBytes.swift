internal import Cryptography

/// Other bytes than the scheme says that a sender may have signed: for whoever writes a new sender.
struct SignedBytes {
    private let patient: Patient
    private let form: SignatureForm
    private let timestamps: [SignedTimestamp]
    private let identifiers: [String]

    private static let templates = [
        "{body}", "{timestamp}.{body}", "{timestamp}{body}", "{timestamp}:{body}", "v0:{timestamp}:{body}",
        "v1:{timestamp}:{body}",
        "v1.{timestamp}.{body}", "{body}{timestamp}", "{body}.{timestamp}", "{timestamp}\n{body}", "{timestamp}|{body}",
        "{timestamp};{body}",
        "{id}.{timestamp}.{body}", "{id}{timestamp}{body}", "{timestamp}.{id}.{body}", "{id}.{body}", "{url}{body}",
        "{body}{url}",
        "{method}{url}{body}", "{method}{url}{body}{timestamp}", "{method}{path}{body}",
        "{timestamp}{method}{path}{body}",
        "{timestamp}.{url}.{body}", "{path}{body}", "{timestamp}{url}{body}", "{url}", "{timestamp}",
    ].compactMap { text in (try? SignedTemplate(text)).map { (text, $0) } }

    private static let digests = [
        "{secret}{body}", "{body}{secret}", "{secret}{method}{url}{body}", "{secret}.{body}", "{body}.{secret}",
    ]
    .compactMap { text in (try? SignedTemplate(text)).map { (text, $0) } }

    init(_ patient: Patient, _ form: SignatureForm) {
        self.patient = patient
        self.form = form
        let names = patient.request.headerNames
        let times = names.filter { name in
            ["timestamp", "-time", "request-time"].contains { name.lowercased().hasSuffix($0) }
        }
        let own = [form.timestamp].compactMap { $0 }
        timestamps = own.isEmpty ? times.prefix(2).map { SignedTimestamp(place: .header($0)) } : own
        let ids = names.filter { name in ["-id", "-uuid", "-delivery"].contains { name.lowercased().hasSuffix($0) } }
        identifiers = [form.idHeader].compactMap { $0 } + (form.idHeader == nil ? Array(ids.prefix(2)) : [])
    }

    var suspicions: [Suspicion] { other + plain }

    private var other: [Suspicion] {
        var suspicions: [Suspicion] = []
        for (text, template) in Self.templates where template != form.template && isReady(template) {
            let times: [SignedTimestamp?] = template.contains(.timestamp) ? timestamps : [nil]
            for timestamp in times { suspicions += other(text, template, timestamp) }
        }
        return suspicions
    }

    private func other(_ text: String, _ template: SignedTemplate, _ timestamp: SignedTimestamp?) -> [Suspicion] {
        (template.contains(.id) ? identifiers : [""]).map { identifier in
            let sentence =
                "it matches with signed=\(SignedBytes.shown(text))"
                + (timestamp.flatMap { $0 == form.timestamp ? nil : $0.place?.headerName }.map {
                    " timestamp-header=\($0)"
                } ?? "")
                + (identifier.isEmpty || identifier == form.idHeader ? "" : " id-header=\(identifier)")
                + ": the sender signs other bytes than the scheme says"
            return Suspicion(mistake: .signedBytes, sentence: sentence, isOfScheme: true) { trial in
                trial.scheme.changeForm { form in
                    form.template = template
                    form.timestamp = timestamp
                    form.idHeader = identifier.isEmpty ? nil : identifier
                }
            }
        }
    }

    /// Whether the request and the settings have what a template asks for.
    private func isReady(_ template: SignedTemplate) -> Bool {
        (!template.contains(.timestamp) || !timestamps.isEmpty) && (!template.contains(.id) || !identifiers.isEmpty)
            && (!template.readsOrigin || patient.trial.origin != nil)
    }

    /// An HMAC that is a plain digest with the secret in it, and the reverse.
    private var plain: [Suspicion] {
        switch patient.trial.scheme {
        case .hmac(let scheme):
            return Self.digests.filter { isReady($0.1) }.map { text, template in
                Suspicion(
                    mistake: .signatureAlgorithm,
                    sentence:
                        "it matches as a plain digest: write digest-\(scheme.algorithm.rawValue) in place of "
                        + "hmac-\(scheme.algorithm.rawValue), "
                        + "with signed=\(Self.shown(text))", isOfScheme: true
                ) { trial in
                    var form = scheme.form
                    form.template = template
                    trial.scheme = .digest(DigestScheme(scheme.algorithm, form))
                }
            }
        case .digest(let scheme):
            return Self.templates.filter { isReady($0.1) && !$0.1.contains(.id) }.map { text, template in
                Suspicion(
                    mistake: .signatureAlgorithm,
                    sentence:
                        "it matches as an HMAC: write hmac-\(scheme.algorithm.rawValue) in place of "
                        + "digest-\(scheme.algorithm.rawValue), "
                        + "with signed=\(Self.shown(text))", isOfScheme: true
                ) { trial in
                    var form = scheme.form
                    form.template = template
                    trial.scheme = .hmac(HMACScheme(scheme.algorithm, KeyRule(), form))
                }
            }
        default: return []
        }
    }

    /// As `POSTERN_VERIFY` has it.
    private static func shown(_ template: String) -> String {
        let lines = template.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 1 ? "\"\(lines.joined(separator: "\\n"))\"" : template
    }
}
