import CCurl
import Glibc

/// An `http` or `https` URL as libcurl itself reads it, so that what is judged is what is connected to.
@safe final class WebAddress {
    private let curl: CurlLibrary
    private let handle: OpaquePointer
    private(set) var scheme = ""
    private(set) var place = HostAndPort(host: "", port: 0)
    /// `user:password` of the address, which leaves in a header and never in a message.
    private(set) var credentials: String?

    /// `https://example.com:8443`: what messages may show of an address, for the rest may hold keys.
    private(set) var origin = ""

    init(_ text: String, _ curl: CurlLibrary) throws(OutboundError) {
        guard let handle = unsafe curl.makeURL() else { throw .failed("", "libcurl gave no handle") }
        self.curl = curl
        unsafe self.handle = handle
        try assign(text)
    }

    deinit { unsafe curl.freeURL(handle) }

    /// Lends the parsed address to an option of libcurl.
    func withHandle<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
        withExtendedLifetime(self) { unsafe body(UnsafeRawPointer(handle)) }
    }

    /// Goes where an answer's `Location` points to, relative to this address.
    func follow(_ location: String) throws(OutboundError) {
        try assign(location)
        // What another server wrote into an address is no credential of ours.
        credentials = nil
    }

    private func assign(_ text: String) throws(OutboundError) {
        guard !text.isEmpty, text.utf8.count <= 64 << 10, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .unusableAddress
        }
        guard unsafe curl.setURL(handle, CURLUPART_URL, text, UInt32(CURLU_URLENCODE)) == CURLUE_OK else {
            throw .unusableAddress
        }
        scheme = part(CURLUPART_SCHEME)?.lowercased() ?? ""
        guard scheme == "http" || scheme == "https" else { throw .unusableAddress }
        guard let host = part(CURLUPART_HOST), !host.isEmpty,
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
        else { throw .unusableAddress }
        place = HostAndPort(host: host, port: port)
        origin = "\(scheme)://\(host)" + (port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)")
        let user = part(CURLUPART_USER, CURLU_URLDECODE)
        let password = part(CURLUPART_PASSWORD, CURLU_URLDECODE)
        credentials = user == nil && password == nil ? nil : "\(user ?? ""):\(password ?? "")"
        for part in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT] {
            _ = unsafe curl.setURL(handle, part, nil, 0)
        }
    }

    /// Path and query, as a request's first line has them.
    var target: String {
        (part(CURLUPART_PATH) ?? "/") + (part(CURLUPART_QUERY).map { "?" + $0 } ?? "")
    }

    private func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl.getURL(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl.free(UnsafeMutableRawPointer(text)) }
        return unsafe String(cString: text)
    }
}
