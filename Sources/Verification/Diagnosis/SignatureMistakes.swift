internal import Cryptography
internal import Values

/// Signatures that are written in another way, made by another digest, or over other bytes than the scheme says.
struct SignatureMistakes {
    private let patient: Patient
    private var scheme: Scheme { patient.trial.scheme }
    private var request: AlteredRequest { patient.request }

    init(_ patient: Patient) {
        self.patient = patient
    }

    var suspicions: [Suspicion] {
        if case .jws(let scheme) = scheme { return prefixes(scheme) }
        guard let form = scheme.form else { return [] }
        return algorithms + values(form) + SignedBytes(patient, form).suspicions
    }

    /// Another digest, ECDSA's other form, a plain digest.
    private var algorithms: [Suspicion] {
        switch scheme {
        case .publicKey(let scheme):
            guard case .ecdsa(let digest, let form) = scheme.algorithm else { return [] }
            let other: SignatureScheme.ECDSAForm = form == .der ? .raw : .der
            let sentence =
                "it matches with signature=\(other == .der ? "der" : "raw"): ECDSA's numbers are written in its other "
                + "form"
            return [
                Suspicion(mistake: .signatureAlgorithm, sentence: sentence, isOfScheme: true) { trial in
                    var changed = scheme
                    changed.algorithm = .ecdsa(digest, other)
                    trial.scheme = .publicKey(changed)
                }
            ]
        default: return []
        }
    }

    /// A token without what is expected before it, or with a word that is not.
    private func prefixes(_ scheme: JWSScheme) -> [Suspicion] {
        guard let name = scheme.place.headerName, let value = request.value(ofHeader: name),
            let word = value.split(separator: UInt8(ascii: " ")).last,
            !value.starts(with: scheme.prefix) || word.count < value.count
        else { return [] }
        let expected = String(decoding: scheme.prefix, as: UTF8.self)
        let sentence =
            expected.isEmpty
            ? "it matches with the token alone in \(name), without a word before it"
            : "it matches with \(expected)before the token in \(name), and with nothing else"
        return [
            Suspicion(mistake: .signatureForm, sentence: "\(sentence): something on the way changed that") {
                $0.request.set(name, scheme.prefix + word)
            }
        ]
    }

    // MARK: Values

    /// The signatures that a header may hold, each written as the scheme wants it, and judged by the digest that it is
    /// as long as.
    private func values(_ form: SignatureForm) -> [Suspicion] {
        var suspicions: [Suspicion] = []
        for place in form.places.places.prefix(4) {
            guard let name = place.headerName, let value = request.value(ofHeader: name),
                value.count <= SignatureLayout.maximumByteCount
            else {
                continue
            }
            let timestamp = Self.timestamp(in: value, form.layout)
            for signature in OfferedSignature.all(in: value).prefix(16) {
                suspicions += suspicion(signature, form, name, timestamp).map { [$0] } ?? []
            }
        }
        return suspicions
    }

    private func suspicion(
        _ signature: OfferedSignature, _ form: SignatureForm, _ name: String, _ timestamp: [UInt8]?
    ) -> Suspicion? {
        let algorithm = DigestAlgorithm.signing.first { $0.byteCount == signature.bytes.count }
        let text = Array(form.encoding.encode(signature.bytes).utf8)
        let value = form.layout.write(signature: text, timestamp: timestamp)
        if let expected = scheme.algorithm {
            guard let algorithm else { return nil }
            let sentence =
                algorithm == expected
                ? Self.sentence(signature, form, name)
                : "it matches with \(algorithm.title) in place of \(expected.title): the signature in \(name) has "
                    + "\(signature.bytes.count) bytes, "
                    + "so name the digest that the sender uses"
            return Suspicion(
                mistake: algorithm == expected ? .signatureForm : .signatureAlgorithm, sentence: sentence,
                isOfScheme: true
            ) { trial in
                trial.scheme.algorithm = algorithm
                trial.request.set(name, value)
            }
        }
        return Suspicion(
            mistake: .signatureForm,
            sentence:
                "it matches with the signature in \(name) read as \(signature.name): the scheme expects "
                + "\(form.encoding.expected)"
                + Self.prefixed(form.layout)
        ) { $0.request.set(name, value) }
    }

    /// What is wrong with a signature that is right but for how it is written, or what stands around it.
    private static func sentence(_ signature: OfferedSignature, _ form: SignatureForm, _ name: String) -> String {
        guard form.encoding.decode(signature.text.span) == signature.bytes else {
            return "it matches with the signature in \(name) read as \(signature.name): the scheme expects "
                + "\(form.encoding.expected)\(prefixed(form.layout)); write encoding= and prefix= so in a scheme of your "
                + "own, else mend what rewrites it"
        }
        let layout = form.layout
        let before = String(decoding: layout.prefix + layout.tag + (layout.pair ?? []), as: UTF8.self)
        return "it matches with the signature in \(name), but not with what stands around it: the scheme expects it "
            + "\(before.isEmpty ? "alone" : "after \(before)"); write prefix=, items= and tag= so in a scheme of your own, "
            + "else mend what rewrites it"
    }

    private static func prefixed(_ layout: SignatureLayout) -> String {
        layout.prefix.isEmpty ? "" : " after \(String(decoding: layout.prefix, as: UTF8.self))"
    }

    private static func timestamp(in value: [UInt8], _ layout: SignatureLayout) -> [UInt8]? {
        guard layout.holdsTimestamp, let offer = try? layout.read(value.span, from: .body), let range = offer.timestamp
        else {
            return OfferedSignature.words(of: value).first {
                (9...14).contains($0.count) && ASCIIDigits.value($0) != nil
            }.map { Array($0) }
        }
        return value.span.copy(range)
    }

    /// Signatures that are shorter than any.
    var likely: [Finding] {
        guard let form = scheme.form, let expected = scheme.algorithm?.byteCount else { return [] }
        for name in form.places.places.prefix(4).compactMap(\.headerName) {
            guard let value = request.value(ofHeader: name),
                case .malformed(.header(name), _)? = patient.refusal?.reason
            else { continue }
            let isHexadecimal = form.encoding.decode("00".utf8Span.span) != nil
            let counts = OfferedSignature.all(in: value, whole: false)
                .filter { ($0.name == "hexadecimal") == isHexadecimal }.map(\.bytes.count)
            guard let longest = counts.max(), longest > 3, longest < expected, !counts.contains(expected) else {
                continue
            }
            return [
                Finding(
                    .signatureCut,
                    "the signature in \(name) has \(longest) bytes, and \(expected) are expected: it was cut short, "
                        + "by a proxy's limit or a "
                        + "column of a database, or another digest made it", isProved: false)
            ]
        }
        return []
    }
}

extension DigestAlgorithm {
    /// Those that schemes know, the longest last.
    fileprivate static let signing: [DigestAlgorithm] = [.md5, .sha1, .sha256, .sha384, .sha512]

    var title: String {
        switch self {
        case .md5: "MD5"
        case .sha1: "SHA-1"
        case .sha256: "SHA-256"
        case .sha384: "SHA-384"
        case .sha512: "SHA-512"
        default: rawValue.uppercased()
        }
    }
}
