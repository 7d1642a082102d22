extension Network {
    /// Whether only machines near by have its addresses: nobody on the internet has one.
    package var isPrivate: Bool {
        Self.privateNetworks.contains { $0.base.isV4 == base.isV4 && $0.bits <= bits && $0.contains(base) }
    }

    private static let privateNetworks = [
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1/128",
        "fc00::/7", "fe80::/10",
    ].compactMap { Network($0) }
}
