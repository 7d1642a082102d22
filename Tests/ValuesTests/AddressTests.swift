import Glibc
import Testing

@testable import Values

@Suite("IP addresses")
struct AddressTests {
    @Test("have one spelling each, but for letter case, zeros of groups, and where :: stands", arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
        ("2001:DB8::1", "2001:db8::1"), ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"), ("1::", "1::"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("::FFFF:c000:201", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ])
    func spelling(text: String, written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(address.description) == address)
    }

    @Test("are nothing that some programs read as another one", arguments: [
        "", " ", "1", "1.2", "10.1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.999", "01.2.3.4", "1.2.3.04",
        "1.2.3.00", "0x7f.0.0.1", "2130706433", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4/32", "1.2.3.4:80", "+1.2.3.4", "-1.2.3.4", "1.2.3.4\n",
        "1.2.3.4\0", "１.2.3.4", ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
        "1::2::3", "12345::", "g::", "::1%lo", "fe80::1%eth0", "[::1]", "::1/128", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4.", "unix:", "localhost", "a.example",
    ])
    func noAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("that are made of the same letters are addresses exactly where the C library says so, and the same ones")
    func oracle() {
        var random = SplitMix(seed: 20_260)
        let pieces = ["0", "1", "9", "255", "25", "a", "ffff", "F", ":", "::", ".", ":", ".", "1.2.3.4", "::ffff:", "2001:db8", "%", "/"]
        var addresses = 0
        for _ in 0..<200_000 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
            let expected = Self.library(text)
            #expect(IPAddress(text)?.description == expected.map { IPAddress($0.isV4 ? "\($0.text)" : $0.text)!.description }, "\(text)")
            guard let expected, let own = IPAddress(text) else { continue }
            addresses += 1
            #expect(own.isV4 == expected.isV4, "\(text)")
            // The library writes ::a.b.c.d, which RFC 4291 has given up.
            if !expected.text.hasPrefix("::") { #expect(own.description == expected.text) }
        }
        #expect(addresses > 1_000)
    }

    private static func library(_ text: String) -> (text: String, isV4: Bool)? {
        var bytes = [UInt8](repeating: 0, count: 16)
        for family in [AF_INET, AF_INET6] where unsafe inet_pton(family, text, &bytes) == 1 {
            var written = [CChar](repeating: 0, count: 64)
            unsafe inet_ntop(family, bytes, &written, 64)
            return (String(decoding: written.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), family == AF_INET)
        }
        return nil
    }

    @Test("of a network are those that begin as it does", arguments: [
        ("192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.3.0"), ("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "::1"),
        ("192.0.2.7/32", "192.0.2.7", "192.0.2.7", "192.0.2.8"), ("10.0.0.0/7", "10.0.0.0", "11.255.255.255", "12.0.0.0"),
        ("2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"), ("::/0", "::", "ffff::1", "1.2.3.4"),
        ("2001:db8::1/128", "2001:db8::1", "2001:db8::1", "2001:db8::2"), ("2001:db8::/65", "2001:db8::", "2001:db8::7fff:ffff:ffff:ffff", "2001:db8::8000:0:0:0"),
    ])
    func networks(text: String, first: String, last: String, other: String) throws {
        let network = try #require(Network(text))
        let (first, last, other) = (try #require(IPAddress(first)), try #require(IPAddress(last)), try #require(IPAddress(other)))
        #expect(network.contains(first) && network.contains(last) && !network.contains(other))
        #expect(network.numbers.lowerBound == first.number && network.numbers.contains(last.number))
        #expect(network.description == text)
    }
}
