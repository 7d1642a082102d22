extension EventIdentity {
    /// What makes two deliveries one event, in words.
    var words: String {
        switch plan {
        case .off: "every delivery is an event of its own"
        case .body: "deliveries with the same body are one event"
        case .signed: "deliveries whose signed bytes are the same, time included, are one event"
        case .field(let field, let isCovered, let orSigned):
            "deliveries with the same \(field.words)\(isCovered ? "" : " and the same body") are one event"
                + (orSigned ? "; without it, those whose signed bytes are the same" : "")
        }
    }
}

extension VerificationRule {
    /// What makes two deliveries one event where `POSTERN_DEDUPE` says this, in words.
    package func duplicates(_ dedupe: DedupeRule = .automatic) -> String {
        EventIdentity(self, scheme == .none ? .off : dedupe).words
    }

    /// What that leaves open: one sentence each.
    package func duplicateWarnings(_ dedupe: DedupeRule = .automatic) -> [String] {
        EventIdentity(self, scheme == .none ? .off : dedupe).warnings
    }
}
