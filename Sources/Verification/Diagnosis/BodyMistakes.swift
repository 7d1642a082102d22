internal import Values

/// Mistakes of the body: what something on the way has made of the bytes that were signed.
struct BodyMistakes {
    private let patient: Patient
    private var body: [UInt8] { patient.request.body }

    init(_ patient: Patient) {
        self.patient = patient
    }

    /// Those that cost little.
    var quick: [Suspicion] {
        guard patient.trial.readsBody else { return [] }
        return BodyEnds(body).suspicions + BodyCharset(body).suspicions + BodyWrapping(patient.request).suspicions
    }

    /// Those for which the body is written anew in many ways.
    var thorough: [Suspicion] {
        guard patient.trial.readsBody else { return [] }
        return BodyJSON(body).suspicions + BodyForm(patient.request).suspicions
    }

    /// What the body shows by itself.
    var likely: [Finding] {
        guard patient.refusal != nil, patient.trial.readsBody else { return [] }
        return BodyState(patient).findings
    }
}

extension Suspicion {
    /// Another body.
    init(_ mistake: Mistake, _ sentence: String, cost: Int, body: @escaping () -> [UInt8]?) {
        self.init(mistake: mistake, sentence: sentence, cost: cost) { trial in
            if let changed = body() { trial.request.body = changed }
        }
    }
}
