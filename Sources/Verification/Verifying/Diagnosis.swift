/// Finds out what is wrong with a request whose signature does not match, by trying the usual mistakes. For the
/// operator who holds the secret; nothing of it goes to a sender.
package struct Diagnosis {
    private let rule: VerificationRule
    private let secrets: SecretSet
    private let url: String?

    package init(_ rule: VerificationRule, secrets: SecretSet, url: String? = nil) {
        // A wrong address is told by the refusal, and is no mistake of the signature.
        self.rule = rule.fromAnywhere
        self.secrets = secrets
        self.url = url
    }

    /// What would make the request verify: one sentence each, without a full stop; none if nothing that was tried does.
    package func findings(_ request: some SignedRequest, at time: Int64) -> [String] {
        var findings: [String] = []
        for (body, finding) in Self.bodies(request.body) where matches(request, body: body, secrets, url, at: time) {
            findings.append(finding)
        }
        for secret in secrets.secrets {
            for (bytes, finding) in secret.variants where matches(request, body: nil, SecretSet([bytes]), url, at: time)
            {
                findings.append("it matches if \(finding), in \(secret.origin)")
            }
        }
        for (url, finding) in urls where matches(request, body: nil, secrets, url, at: time) {
            findings.append(finding)
        }
        return findings
    }

    /// A timestamp outside of the tolerance is another matter: the signature is right then.
    private func matches(
        _ request: some SignedRequest, body: [UInt8]?, _ secrets: SecretSet, _ url: String?, at time: Int64
    ) -> Bool {
        guard let verifier = try? Verifier(rule, secrets: secrets, url: url) else { return false }
        let changed = ChangedRequest(original: request, body: body ?? request.body)
        return switch verifier.verify(changed, at: time) {
        case .verified, .handshake, .subscription, .enrolment: true
        case .refused(let refusal): refusal.isOfTime
        }
    }

    private static func bodies(_ body: [UInt8]) -> [(body: [UInt8], finding: String)] {
        var bodies: [(body: [UInt8], finding: String)] = []
        let lineFeed = UInt8(ascii: "\n")
        let carriageReturn = UInt8(ascii: "\r")
        if body.last == lineFeed {
            let line = body.dropLast()
            bodies.append((Array(line), "it matches without the line feed at the end of the body: something added one"))
            if line.last == carriageReturn {
                bodies.append((line.dropLast(), "it matches without the line end (CRLF) at the end of the body"))
            }
        } else {
            let finding = "it matches with a line feed at the end of the body: something took it off"
            bodies.append((body + [lineFeed], finding))
        }
        if body.contains(carriageReturn) {
            let finding = "it matches with LF in place of each CRLF in the body: something changed the line ends"
            bodies.append((body.filter { $0 != carriageReturn }, finding))
        }
        if body.starts(with: [0xEF, 0xBB, 0xBF]) {
            let finding = "it matches without the byte order mark before the body: something added it"
            bodies.append((Array(body.dropFirst(3)), finding))
        }
        return bodies
    }

    private var urls: [(url: String, finding: String)] {
        guard rule.needsURL, let url else { return [] }
        let other = url.hasPrefix("https:") ? "http" + url.dropFirst(5) : "https" + url.dropFirst(4)
        return [(other, "it matches if POSTERN_URL begins with \(other.prefix { $0 != ":" }):")]
    }
}

extension Refusal {
    fileprivate var isOfTime: Bool {
        switch reason {
        case .stale, .early: true
        default: false
        }
    }
}

extension SecretSet {
    fileprivate init(_ variants: [[UInt8]]) {
        self.init()
        for variant in variants { try? add(variant, from: "variant") }
    }
}

extension Secret {
    /// The secret without what is often copied along with it.
    fileprivate var variants: [(bytes: [UInt8], finding: String)] {
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }
        var variants: [(bytes: [UInt8], finding: String)] = []
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        let trimmed = Array(bytes[..<end].drop(while: isSpace))
        if trimmed.count < bytes.count { variants.append((trimmed, "white space around the secret is taken off")) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            variants.append((Array(bytes.dropFirst(3)), "the byte order mark before the secret is taken off"))
        }
        if bytes.count > 2, let mark = bytes.first, mark == bytes.last, "\"'".utf8.contains(mark) {
            variants.append((Array(bytes.dropFirst().dropLast()), "the quotes around the secret are taken off"))
        }
        return variants
    }
}

/// A request with another body.
private struct ChangedRequest<Original: SignedRequest>: SignedRequest {
    let original: Original
    let body: [UInt8]

    var method: String { original.method }
    var uri: [UInt8] { original.uri }
    func values(ofHeader name: String) -> [[UInt8]] { original.values(ofHeader: name) }
    var peer: PeerAddress { original.peer }
}
