extension VerificationRule {
    /// What a location of this rule does that its owner may not expect: one sentence each, for `postern check`.
    ///
    /// - Parameter dedupe: what `POSTERN_DEDUPE` says.
    package func explanation(_ dedupe: DedupeRule = .automatic) -> [String] {
        var sentences: [String] = []
        let parts = scheme.signedParts
        if !parts.isEmpty { sentences.append("what is signed: \(parts.joined(separator: ", "))") }
        if let defaultTolerance { sentences.append("the signed timestamp may be off by \(defaultTolerance) s where POSTERN_TOLERANCE is not set") }
        sentences.append(duplicates(dedupe) + Self.reason(profile, dedupe))
        sentences += profile?.handshakes.map { "it asks by \($0.words)" } ?? []
        if needsURL { sentences.append("the address is signed as the sender sees it: POSTERN_URL has to be set") }
        if enrols { sentences.append("its secret arrives in the handshake, while postern events enroll waits for it") }
        if let keys = scheme.publishedKeys { sentences.append("its keys are published at \(keys); a secret pins one") }
        return sentences + (profile?.answers ?? []) + (profile?.notes ?? [])
    }

    /// Why deliveries are told apart as they are, where that is not plain.
    private static func reason(_ profile: SenderProfile?, _ dedupe: DedupeRule) -> String {
        guard dedupe == .automatic, let profile, profile.identity == .object, let field = profile.idField else { return "" }
        return ": \(field.words) is \(SenderProfile.Identity.object.words)"
    }
}
