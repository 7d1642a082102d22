/// Addresses that begin alike, `10.0.0.0/8`.
struct Network: Sendable, Hashable {
    let base: IPAddress
    let bits: Int

    /// Nil for what is no network; bits behind the prefix are not looked at.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let base = IPAddress(parts[0]), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts[1].utf8.count <= 3, let bits = Int(parts[1]), bits <= (base.isV4 ? 32 : 128)
        else { return nil }
        self.base = base
        self.bits = bits
    }

    func contains(_ address: IPAddress) -> Bool { address.hasPrefix(base, bits: bits) }
}
