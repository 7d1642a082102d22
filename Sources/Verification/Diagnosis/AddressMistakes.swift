internal import Values

/// Mistakes of the address, where the sender signs it as it sees it: what a proxy makes of it.
struct AddressMistakes {
    private let patient: Patient
    private var request: AlteredRequest { patient.request }

    /// Addresses are short; a stranger's need not be.
    private static let maximumByteCount = 8192

    init(_ patient: Patient) {
        self.patient = patient
    }

    private var isReadable: Bool {
        patient.trial.readsAddress && request.uri.count <= Self.maximumByteCount
            && request.uri.first == UInt8(ascii: "/")
    }

    /// Other origins, other paths and queries.
    var suspicions: [Suspicion] {
        guard isReadable else { return [] }
        let origins = patient.trial.scheme.needsURL ? origins : []
        let uris = AddressForms(request).variants
        var suspicions = origins.map { origin in
            Suspicion(mistake: .addressOrigin, sentence: Self.sentence(origin)) { $0.origin = origin }
        }
        suspicions += uris.map { uri in
            Suspicion(mistake: uri.mistake, sentence: Self.sentence(uri, nil)) { $0.request.uri = uri.uri }
        }
        return suspicions + bare
    }

    /// Both of them.
    var combined: [Suspicion] {
        guard isReadable, patient.trial.scheme.needsURL else { return [] }
        let uris = AddressForms(request).variants
        var suspicions: [Suspicion] = []
        for origin in origins.prefix(16) {
            for uri in uris {
                suspicions.append(
                    Suspicion(mistake: uri.mistake, sentence: Self.sentence(uri, origin)) { trial in
                        trial.origin = origin
                        trial.request.uri = uri.uri
                    })
            }
        }
        return suspicions
    }

    private static func sentence(_ origin: SenderOrigin) -> String {
        let begins = origin.text.hasPrefix("https:") ? "https" : "http"
        return
            "it matches if POSTERN_URL begins with \(begins): and is \(Printable.address(origin.text)), as the sender "
            + "sees the address"
    }

    private static func sentence(_ form: AddressForms.Variant, _ origin: SenderOrigin?) -> String {
        "it matches \(form.what)" + (origin.map { ", and if POSTERN_URL is \(Printable.address($0.text))" } ?? "")
    }

    /// The address without any path, as it may have been entered: `https://example.com`.
    private var bare: [Suspicion] {
        guard patient.trial.scheme.needsURL, request.uri == [UInt8(ascii: "/")],
            let origin = patient.trial.origin, let slash = origin.text.utf8.firstIndex(of: UInt8(ascii: "/"))
        else { return [] }
        // What is signed is both one after the other, and the second has to begin with a slash.
        let start = String(origin.text[...slash])
        let rest = Array(String(origin.text[origin.text.utf8.index(after: slash)...]).utf8)
        return [
            Suspicion(
                mistake: .addressPath,
                sentence: "it matches without the / behind the host: enter the address at the sender with the /"
            ) { trial in
                trial.origin = SenderOrigin(unchecked: start)
                trial.request.uri = rest
            }
        ]
    }

    var likely: [Finding] {
        guard case .missing(.query(let name))? = patient.refusal?.reason,
            !request.uri.contains(UInt8(ascii: "?"))
        else { return [] }
        return [
            Finding(
                .addressQuery,
                "the address has no query, and the parameter \(name) belongs there: a rewrite or a proxy has dropped "
                    + "the query",
                isProved: false)
        ]
    }
}

extension AddressMistakes {
    /// Other schemes, hosts and ports, the most likely first.
    private var origins: [SenderOrigin] {
        let own = patient.trial.origin
        let hosts = hosts
        let schemes = own?.text.hasPrefix("http:") == true ? ["https", "http"] : ["http", "https"]
        let authorities = hosts.flatMap { host -> [String] in
            let bare = Self.withoutPort(host)
            let www = bare.hasPrefix("www.") ? String(bare.dropFirst(4)) : "www." + bare
            return [host, bare, "\(bare):443", "\(bare):80", www, "\(bare):8443", "\(bare):8080", bare.lowercased()]
        }
        var origins: [SenderOrigin] = []
        // The scheme is what proxies hide most often, then the host and port.
        for (index, authority) in authorities.enumerated() {
            for scheme in index == 0 ? schemes : schemes.reversed() {
                guard let origin = try? SenderOrigin("\(scheme)://\(authority)"), origin != own,
                    !origins.contains(origin)
                else { continue }
                origins.append(origin)
            }
        }
        return Array(origins.prefix(64))
    }

    /// The host that is set, and those that the request speaks of.
    private var hosts: [String] {
        var hosts: [String] = []
        if let text = patient.trial.origin?.text {
            hosts.append(String(text.dropFirst(text.hasPrefix("https:") ? 8 : 7)))
        }
        for name in ["Host", "X-Forwarded-Host", "X-Original-Host", "X-Forwarded-Server"] {
            for host in (request.text(ofHeader: name) ?? "").split(separator: ",") {
                let host = host.drop { $0 == " " }
                if !host.isEmpty, host.utf8.count <= 255, !hosts.contains(String(host)) { hosts.append(String(host)) }
            }
        }
        return Array(hosts.prefix(6))
    }

    private static func withoutPort(_ host: String) -> String {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return host }
        return String(host[..<colon])
    }
}

extension SenderOrigin {
    /// Text of any form, for a trial.
    init(unchecked text: String) {
        self.text = text
        alternative = nil
    }
}

extension Printable {
    /// An address in a message: it may have come with the request.
    static func address(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isPlain && text.utf8.count <= 300 ? text : "another one"
    }
}
