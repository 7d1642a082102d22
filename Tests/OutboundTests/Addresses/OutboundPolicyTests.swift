import Testing

import Values

@testable import Outbound

@Suite("Where a stack may call")
struct OutboundPolicyTests {
    @Test("Only the public internet, unless the operator lists more", arguments: [
        ("127.0.0.1", "a loopback address"), ("127.255.255.254", "a loopback address"), ("::1", "a loopback address"),
        ("0.0.0.0", "an address of this host"), ("0.1.2.3", "an address of this host"), ("::", "an address of this host"),
        ("10.0.0.1", "a private address"), ("172.16.0.1", "a private address"), ("172.31.255.255", "a private address"),
        ("192.168.1.1", "a private address"), ("fc00::1", "a private address"), ("fdff::1", "a private address"),
        ("169.254.1.1", "a link-local address"), ("fe80::1", "a link-local address"), ("febf::1", "a link-local address"),
        ("fec0::1", "a site-local address"), ("100.64.0.1", "an address of carrier-grade NAT"),
        ("100.127.255.255", "an address of carrier-grade NAT"),
        ("169.254.169.254", "the address of a cloud's metadata"), ("fd00:ec2::254", "the address of a cloud's metadata"),
        ("168.63.129.16", "the address of a cloud's metadata"),
        ("224.0.0.1", "a multicast address"), ("239.255.255.255", "a multicast address"), ("ff02::1", "a multicast address"),
        ("240.0.0.1", "a reserved address"), ("255.255.255.255", "the broadcast address"), ("192.0.0.1", "a reserved address"),
        ("198.18.0.1", "an address for benchmarks"), ("198.19.255.255", "an address for benchmarks"),
        ("2001:2::1", "an address for benchmarks"), ("192.0.2.1", "an address for documentation"),
        ("198.51.100.1", "an address for documentation"), ("203.0.113.1", "an address for documentation"),
        ("2001:db8::1", "an address for documentation"), ("3fff::1", "an address for documentation"),
        ("::ffff:127.0.0.1", "an IPv4 address inside IPv6"), ("::ffff:8.8.8.8", "an IPv4 address inside IPv6"),
        ("::127.0.0.1", "an IPv4 address inside IPv6"), ("::ffff:0:127.0.0.1", "an IPv4 address inside IPv6"),
        ("64:ff9b::127.0.0.1", "a loopback address"), ("64:ff9b::8.8.8.8", "an address of NAT64"),
        ("64:ff9b:1::1", "an address of NAT64"), ("2002:7f00:1::", "a loopback address"),
        ("2002:808:808::1", "an address of 6to4"), ("192.88.99.1", "a relay of 6to4"),
        ("2001:0:1::1", "an address of Teredo"), ("2001:1ff::1", "a reserved address"), ("100::1", "an address that discards"),
        ("5f00::1", "a reserved address"), ("4000::1", "not a public address"), ("200::1", "not a public address"),
    ])
    func refused(address: String, reason: String) throws {
        #expect(OutboundPolicy().objection(to: try #require(IPAddress(address))) == reason)
        #expect(OutboundPolicy.anything.objection(to: try #require(IPAddress(address))) == nil)
    }

    @Test("Public addresses are free, up to the edges of what is not", arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.1", "100.63.255.255", "100.128.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2001:200::1", "2003::1", "2000::1",
        "3ffe::1",
    ])
    func allowed(address: String) throws {
        #expect(OutboundPolicy().objection(to: try #require(IPAddress(address))) == nil)
    }

    @Test("A network lists its addresses, also where IPv6 carries them", arguments: [
        ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", true), ("10.1.0.0/16", "10.2.0.1", false),
        ("127.0.0.1/32", "127.0.0.1", true), ("127.0.0.1/32", "127.0.0.2", false), ("0.0.0.0/0", "192.168.0.1", true),
        ("0.0.0.0/0", "fd00::1", false), ("10.0.0.0/8", "::ffff:10.0.0.1", true), ("10.0.0.0/8", "::ffff:11.0.0.1", false),
        ("fd00::/8", "fd12::1", true), ("fd00::/8", "fc00::1", false), ("::1/128", "::1", true),
        ("64:ff9b::/96", "64:ff9b::8.8.8.8", true), ("64:ff9b::/96", "64:ff9b::10.0.0.1", false),
        ("64:ff9b::/96 10.0.0.0/8", "64:ff9b::10.0.0.1", true), ("10.0.0.0/8", "64:ff9b::10.0.0.1", false),
        ("2002::/16", "2002:7f00:1::1", false), ("2001:db8::/127", "2001:db8::1", true),
        ("2001:db8::/127", "2001:db8::2", false),
    ])
    func networks(list: String, address: String, isAllowed: Bool) throws {
        let policy = try OutboundPolicy(parsing: list)
        #expect((policy.objection(to: try #require(IPAddress(address))) == nil) == isAllowed)
    }

    @Test("An entry host:port lists the host and the port of an address, however it is written", arguments: [
        ("ledger.internal:8080", "ledger.internal", 8080, true), ("Ledger.Internal:8080", "LEDGER.internal.", 8080, true),
        ("ledger.internal:8080", "ledger.internal", 80, false), ("ledger.internal:8080", "x.ledger.internal", 8080, false),
        ("127.0.0.1:80", "127.0.0.1", 80, true), ("[::1]:443", "[0:0:0:0:0:0:0:1]", 443, true),
        ("[::1]:443", "[::2]", 443, false), ("a:1,b:2 c:3", "b", 2, true),
    ])
    func hosts(list: String, host: String, port: Int, isListed: Bool) throws {
        #expect(try OutboundPolicy(parsing: list).lists(HostAndPort(host: host, port: port)) == isListed)
    }

    @Test("A list that can't be read says what is wrong with which entry", arguments: [
        ("", OutboundPolicyError.empty), (" , ", .empty), ("https://a.example/", .address("https://a.example/")),
        ("10.0.0.0/33", .network("10.0.0.0/33")), ("a.example/8", .network("a.example/8")), ("10.0.0.0/", .network("10.0.0.0/")),
        ("10.0.0.0/+8", .network("10.0.0.0/+8")), ("10.0.0.1/8", .bitsBehindPrefix("10.0.0.1/8")),
        ("fd00::1/64", .bitsBehindPrefix("fd00::1/64")), ("::1/127", .bitsBehindPrefix("::1/127")), ("a.example", .noPort("a.example")),
        ("[::1]", .noPort("[::1]")), ("a.example:0", .port("a.example:0")), ("a.example:65536", .port("a.example:65536")),
        ("a.example:", .port("a.example:")), ("*.example:80", .host("*.example:80")), ("::1:80", .host("::1:80")),
        ("[10.0.0.1]:80", .host("[10.0.0.1]:80")), (":80", .host(":80")), ("ok:1 user@a:80", .host("user@a:80")),
    ])
    func malformed(list: String, error: OutboundPolicyError) {
        #expect(throws: error) { try OutboundPolicy(parsing: list) }
    }

    @Test("Addresses are written as they are usually written", arguments: [
        ("127.0.0.1", "127.0.0.1"), ("255.255.255.0", "255.255.255.0"), ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("::", "::"),
    ])
    func description(text: String, written: String) throws {
        #expect(try #require(IPAddress(text)).description == written)
    }

    @Test("What is no address", arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/8", "::g", "a.example", "1.2.3.4 "])
    func noAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
