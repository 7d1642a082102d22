import Values

/// Where a URL points to, as it is written there: a name or an address, and a port.
struct HostAndPort: Sendable, Hashable {
    private enum Host: Sendable, Hashable {
        /// In lower case.
        case name(String)
        case address(IPAddress)
    }

    private let host: Host
    let port: Int

    /// `host` may be in brackets.
    init(host: some StringProtocol, port: Int) {
        var name = host.lowercased()
        // The dot of the root names the same host.
        if name.hasSuffix("."), name.utf8.count > 1 { name.removeLast() }
        let bare = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
        self.host = IPAddress(bare).map(Host.address) ?? .name(name)
        self.port = port
    }

    /// An entry of `POSTERN_OUTBOUND`.
    init(entry: Substring) throws(OutboundPolicyError) {
        guard let colon = entry.lastIndex(of: ":"), !entry.hasSuffix("]") else { throw .noPort(String(entry)) }
        let host = entry[..<colon]
        let digits = entry[entry.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65535).contains(port)
        else { throw .port(String(entry)) }
        guard Self.isHost(host) else { throw .host(String(entry)) }
        self.init(host: host, port: port)
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("[") {
            return host.hasSuffix("]") && IPAddress(host.dropFirst().dropLast()).map { !$0.isV4 } == true
        }
        return !host.isEmpty && host.utf8.count <= 253
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
