internal import Values

/// Mistakes of the headers that a scheme needs: gone, renamed, doubled, in quotes.
struct HeaderMistakes {
    private let patient: Patient
    private var request: AlteredRequest { patient.request }

    init(_ patient: Patient) {
        self.patient = patient
    }

    var suspicions: [Suspicion] {
        renamed + needed.flatMap { repeated($0) + cleaned($0) }
    }

    private var needed: [String] { patient.trial.scheme.neededHeaders }

    /// Of several that may carry the signature, one will do.
    private var missing: [String] {
        let signature = patient.trial.scheme.signatureHeaders
        let hasSignature = signature.contains { !request.values(ofHeader: $0).isEmpty }
        return needed.filter { name in
            request.values(ofHeader: name).isEmpty
                && !(hasSignature && signature.contains { HeaderName.areEqual($0, name) })
        }
    }

    // MARK: Other names

    private struct Replacement {
        let name: String
        let came: String
        let value: [UInt8]
    }

    private var replacements: [Replacement] {
        missing.compactMap { name in
            let others = request.headerNames.filter {
                !HeaderName.areEqual($0, name) || $0.contains("_") != name.contains("_")
            }
            guard let came = Self.similar(to: name, among: others), let value = request.value(ofHeader: came) else {
                return nil
            }
            return Replacement(name: name, came: came, value: value)
        }
    }

    /// A name with the same letters, or one that holds it, or is near to it.
    static func similar(to name: String, among names: [String]) -> String? {
        let letters = Self.letters(name)
        if let same = names.first(where: { Self.letters($0) == letters }) { return same }
        if let longer = names.first(where: { letters.count > 6 && Self.letters($0).hasSuffix(letters) }) {
            return longer
        }
        if let shorter = names.first(where: { Self.letters($0).count > 6 && letters.hasSuffix(Self.letters($0)) }) {
            return shorter
        }
        return NearestName.of(name, among: names.filter { Self.kind($0) == Self.kind(name) })
    }

    private static func letters(_ name: String) -> String {
        name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." }
    }

    /// Headers of one family differ by such words, and are no misspellings of each other.
    private static func kind(_ name: String) -> Set<String> {
        let words = ["signature", "timestamp", "event", "delivery", "id", "token", "request", "hook", "time"]
        return Set(words.filter { name.lowercased().contains($0) })
    }

    private var renamed: [Suspicion] {
        let replacements = replacements
        guard !replacements.isEmpty else { return [] }
        let names = replacements.map { "\($0.name) came as \(Self.shown($0.came))" }.joined(separator: ", ")
        let isUnderscore = replacements.contains { $0.came.contains("_") }
        return [
            Suspicion(
                mistake: .headerName,
                sentence: "it matches with its headers' own names: \(names)"
                    + (isUnderscore
                        ? "; nginx and Apache drop names with an underscore, so send it with hyphens, or set "
                            + "underscores_in_headers in nginx"
                        : ": let the proxy pass them on under their own names, or name them in a scheme of your own")
            ) { trial in
                for replacement in replacements { trial.request.set(replacement.name, replacement.value) }
            }
        ]
    }

    /// Names come from the request.
    private static func shown(_ name: String) -> String {
        HeaderName.isValid(name) && name.utf8.count <= 64 ? name : "another name"
    }

    // MARK: Values

    private func repeated(_ name: String) -> [Suspicion] {
        let values = request.values(ofHeader: name)
        let single = values.first.map { $0.split(separator: UInt8(ascii: ",")).map(\.trimmingSpace) } ?? []
        let isJoined = values.count == 1 && single.count > 1 && single.allSatisfy { $0 == single[0] }
        guard values.count > 1 || isJoined else { return [] }
        var distinct: [[UInt8]] = []
        for value in isJoined ? [single[0]] : values where !distinct.contains(value) { distinct.append(value) }
        return distinct.prefix(8).enumerated().map { index, value in
            let which = distinct.count == 1 ? "once" : "with its value number \(index + 1) alone"
            return Suspicion(
                mistake: .headerRepeated,
                sentence:
                    "it matches with \(name) \(which), and it came "
                    + "\(isJoined ? "twice in one" : "\(values.count) times"): something on the "
                    + "way adds it again"
            ) { $0.request.set(name, value) }
        }
    }

    private func cleaned(_ name: String) -> [Suspicion] {
        guard let value = request.value(ofHeader: name) else { return [] }
        var variants: [(value: [UInt8], what: String)] = []
        let trimmed = value[...].trimmingSpace
        variants.append((trimmed, "white space around the value"))
        for quote in "\"'`".utf8 where trimmed.count > 2 && trimmed.first == quote && trimmed.last == quote {
            variants.append((Array(trimmed.dropFirst().dropLast()), "the quotes around the value"))
        }
        variants.append((value.filter { $0 != UInt8(ascii: "\\") }, "the backslashes in the value"))
        if value.contains(UInt8(ascii: "%")) {
            variants.append((PercentEncoding.uri.decode(value.span).bytes, "the percent escapes in the value"))
        }
        return variants.filter { $0.value != value && !$0.value.isEmpty }.map { variant in
            Suspicion(
                mistake: .headerValue,
                sentence:
                    "it matches without \(variant.what) of \(name): something on the way, or what recorded the "
                    + "request, "
                    + "added that"
            ) { $0.request.set(name, variant.value) }
        }
    }

    // MARK: What is not there

    var likely: [Finding] {
        let replacements = replacements
        if !replacements.isEmpty {
            return replacements.map { replacement in
                Finding(
                    .headerName,
                    "\(replacement.name) did not come, but \(Self.shown(replacement.came)) did: is that the one that "
                        + "is meant?",
                    isProved: false)
            }
        }
        switch patient.refusal?.reason {
        case .missing(.header(let name))?: return [gone(name)]
        case .empty(.header(let name))?:
            return [
                Finding(
                    .headerMissing,
                    "\(name) came without a value: the sender has no secret to sign with, or a proxy sets the header "
                        + "from a variable "
                        + "that is empty", isProved: false)
            ]
        default: return []
        }
    }

    private func gone(_ name: String) -> Finding {
        if name.contains("_") {
            return Finding(
                .headerMissing,
                "\(name) did not come: nginx and Apache drop names with an underscore; in nginx set "
                    + "underscores_in_headers on",
                isProved: false)
        }
        let isAuthorization = name.lowercased() == "authorization"
        return Finding(
            .headerMissing,
            "\(name) did not come: the sender has no secret to sign with, signs under another name, or "
                + (isAuthorization
                    ? "Apache keeps it to itself (CGIPassAuth On passes it on), or a proxy drops it"
                    : "a proxy drops the header"),
            isProved: false)
    }
}
