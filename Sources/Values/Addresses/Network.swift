/// Addresses that begin alike, `10.0.0.0/8`.
package struct Network: Sendable, Hashable {
    package let base: IPAddress
    package let bits: Int

    /// - Parameter bits: at most as many as an address has.
    package init(_ base: IPAddress, bits: Int) {
        self.base = base
        self.bits = min(max(bits, 0), base.width)
    }

    /// Nil for what is no network; bits behind the prefix are not looked at.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let base = IPAddress(parts[0]),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts[1].utf8.count <= 3, let bits = Int(parts[1]), bits <= base.width
        else { return nil }
        self.init(base, bits: bits)
    }

    package func contains(_ address: IPAddress) -> Bool { address.hasPrefix(base, bits: bits) }

    /// The numbers of its addresses.
    package var numbers: ClosedRange<UInt128> {
        let first = base.cleared(behind: bits).number
        let rest: UInt128 = base.width == bits ? 0 : (.max >> UInt128(128 - (base.width - bits)))
        return first...(first | rest)
    }
}

extension Network: CustomStringConvertible {
    package var description: String { "\(base)/\(bits)" }
}
