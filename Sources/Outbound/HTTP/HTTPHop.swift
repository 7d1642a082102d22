import CCurl
import Values

/// One request of a chain of redirects.
struct HTTPHop {
    private(set) var method: String
    private(set) var headers: [(name: String, value: String)]
    private(set) var body: [UInt8]?
    private var certificates: TLSCertificates

    init(_ request: HTTPRequest, credentials: String?) throws(OutboundError) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            request.method != "CONNECT"
        else { throw .unusableMethod }
        method = request.method
        headers = request.headers
        body = request.body
        certificates = request.certificates
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter),
                value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
            else { throw .unusableHeader(Self.printable(name)) }
        }
        if let credentials, !has("authorization") {
            headers.append(("Authorization", "Basic " + Base64.text(Array(credentials.utf8))))
        }
        if !has("user-agent") { headers.append(("User-Agent", "postern")) }
    }

    // MARK: Redirects

    /// What is sent to the place that an answer points to.
    mutating func redirect(by status: Int, isSameOrigin: Bool) {
        if status != 307, status != 308, method != "HEAD" {
            method = "GET"
            body = nil
            headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        guard !isSameOrigin else { return }
        // Any other may be a key.
        headers.removeAll { !Self.harmless.contains($0.name.lowercased()) }
        certificates = TLSCertificates()
    }

    private static let harmless: Set<String> = [
        "accept", "accept-language", "content-type", "content-language", "content-encoding", "user-agent",
    ]

    // MARK: As bytes

    /// The first line and the headers, for a connection that libcurl only opens.
    func head(of address: WebAddress, declaring length: Int) -> [UInt8] {
        var lines = ["\(method) \(address.target) HTTP/1.1"]
        if !has("host") { lines.append("Host: " + address.origin.dropFirst(address.scheme.utf8.count + 3)) }
        lines += headers.map { "\($0.name): \($0.value)" }
        lines += ["Content-Length: \(length)", "Connection: close", "", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    // MARK: Options

    func install(on handle: CurlHandle) throws(OutboundError) {
        // One without a value takes away what libcurl adds by itself.
        var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        if !has("content-type") { lines.append("Content-Type:") }
        try handle.set(headers: lines)
        if method == "HEAD" {
            try handle.set(CURLOPT_NOBODY, 1)
        } else {
            // It comes first: a body makes libcurl think of POST.
            if let body = body ?? (Self.alwaysHaveBody.contains(method) ? [] : nil) { try handle.set(body: body) }
            try handle.set(CURLOPT_CUSTOMREQUEST, method)
        }
        try installCertificates(on: handle)
    }

    func installCertificates(on handle: CurlHandle) throws(OutboundError) {
        if !certificates.authority.isEmpty { try handle.set(CURLOPT_CAINFO_BLOB, blob: certificates.authority) }
        if !certificates.own.isEmpty {
            try handle.set(CURLOPT_SSLCERTTYPE, "PEM")
            try handle.set(CURLOPT_SSLCERT_BLOB, blob: certificates.own)
        }
        if !certificates.key.isEmpty {
            try handle.set(CURLOPT_SSLKEYTYPE, "PEM")
            try handle.set(CURLOPT_SSLKEY_BLOB, blob: certificates.key)
        }
        if !certificates.passphrase.isEmpty { try handle.set(CURLOPT_KEYPASSWD, certificates.passphrase) }
    }

    /// A server may want to be told that it is empty.
    private static let alwaysHaveBody = ["POST", "PUT", "PATCH"]

    private func has(_ name: String) -> Bool { headers.contains { $0.name.lowercased() == name } }

    private static func printable(_ name: String) -> String {
        String(decoding: name.utf8.prefix(60).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
