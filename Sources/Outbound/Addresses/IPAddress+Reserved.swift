import Values

extension IPAddress {
    /// What an address is if not one of the public internet, `a loopback address`; nil for a public one.
    ///
    /// By IANA's registries of special-purpose addresses, and what clouds answer questions about a machine from.
    var reservation: String? {
        for (network, what) in isV4 ? Self.reservedV4 : Self.reservedV6 where network.contains(self) { return what }
        // Of IPv6 only this eighth is given out.
        if !isV4, Self.globalUnicast?.contains(self) != true { return "not a public address" }
        return nil
    }

    private static let reservedV4 = table([
        ("169.254.169.254/32", "the address of a cloud's metadata"), ("168.63.129.16/32", "the address of a cloud's metadata"),
        ("127.0.0.0/8", "a loopback address"), ("10.0.0.0/8", "a private address"), ("172.16.0.0/12", "a private address"),
        ("192.168.0.0/16", "a private address"), ("169.254.0.0/16", "a link-local address"),
        ("100.64.0.0/10", "an address of carrier-grade NAT"), ("0.0.0.0/8", "an address of this host"),
        ("192.0.0.0/24", "a reserved address"), ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a relay of 6to4"), ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"), ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"), ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
    ])

    private static let reservedV6 = table([
        ("fd00:ec2::254/128", "the address of a cloud's metadata"), ("::1/128", "a loopback address"),
        ("::/128", "an address of this host"), ("::ffff:0:0/96", "an IPv4 address inside IPv6"),
        ("::ffff:0:0:0/96", "an IPv4 address inside IPv6"), ("::/96", "an IPv4 address inside IPv6"),
        ("64:ff9b::/96", "an address of NAT64"), ("64:ff9b:1::/48", "an address of NAT64"),
        ("100::/64", "an address that discards"), ("2001::/32", "an address of Teredo"),
        ("2001:2::/48", "an address for benchmarks"), ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"), ("2002::/16", "an address of 6to4"),
        ("3fff::/20", "an address for documentation"), ("5f00::/16", "a reserved address"),
        ("fc00::/7", "a private address"), ("fe80::/10", "a link-local address"), ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    ])

    private static let globalUnicast = Network("2000::/3")

    private static func table(_ rows: [(String, String)]) -> [(Network, String)] {
        rows.compactMap { row in Network(row.0).map { ($0, row.1) } }
    }
}
