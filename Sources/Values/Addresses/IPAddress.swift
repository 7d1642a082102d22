/// An IP address, apart from its port.
package struct IPAddress: Sendable, Hashable {
    /// Of IPv4 the last 32 bits.
    package let number: UInt128
    package let isV4: Bool

    package init(v4: UInt32) {
        number = UInt128(v4)
        isV4 = true
    }

    package init(v6: UInt128) {
        number = v6
        isV4 = false
    }

    /// How many bits an address of its family has.
    package var width: Int { isV4 ? 32 : 128 }

    /// The IPv4 address that this one stands for on the same machine, `::ffff:a.b.c.d`.
    package var mapped: IPAddress? {
        !isV4 && number >> 32 == 0xffff ? IPAddress(v4: UInt32(truncatingIfNeeded: number)) : nil
    }

    /// The IPv4 address to which a gateway passes this one on: NAT64's own prefix, 6to4.
    package var translated: IPAddress? {
        guard !isV4 else { return nil }
        if number >> 32 == 0x0064_ff9b_0000_0000_0000_0000 { return IPAddress(v4: UInt32(truncatingIfNeeded: number)) }
        if number >> 112 == 0x2002 { return IPAddress(v4: UInt32(truncatingIfNeeded: number >> 80)) }
        return nil
    }

    /// Whether the first so many bits are those of another address of the same family.
    package func hasPrefix(_ other: IPAddress, bits: Int) -> Bool {
        isV4 == other.isV4 && (number ^ other.number) >> UInt128(width - bits) == 0
    }

    /// The address with nothing but zeros behind the first so many bits.
    package func cleared(behind bits: Int) -> IPAddress {
        let rest = UInt128(width - bits)
        let number = (number >> rest) << rest
        return isV4 ? IPAddress(v4: UInt32(truncatingIfNeeded: number)) : IPAddress(v6: number)
    }
}
