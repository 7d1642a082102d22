import Values

/// The proxies that a web server believes when they say from where a request came. Where `ip=` counts, whoever is among
/// them may choose an address that is let in.
enum TrustedProxies {
    /// What is to be said of one that a directive names; nothing of a plain address, a host's name, a private range, or one
    /// as small as a provider's own may be.
    ///
    /// - Parameter directive: its name, for the remedy.
    static func finding(
        _ text: String, of directive: String, _ place: ConfigurationPlace, title: String = ""
    ) -> ConfigurationFinding? {
        guard let network = network(text), !network.isPrivate else { return nil }
        // Of IPv6 only an eighth is given out.
        guard network.bits > (network.base.isV4 ? 1 : 3) else {
            return .error(
                place, "\(title)anybody may say what his address is, so ip= keeps nobody out; name your own proxies in \(directive)")
        }
        guard network.bits < (network.base.isV4 ? 8 : 16) else { return nil }
        return .warning(
            place,
            "\(title)everybody in \(text) may say what his address is, so ip= keeps none of them out: no proxy's own range is so "
                + "wide, and machines in it are for hire; name the proxies alone in \(directive)")
    }

    /// A range, also in the form with a mask that Apache takes, `10.0.0.0/255.0.0.0`.
    private static func network(_ text: String) -> Network? {
        if let network = Network(text) { return network }
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let base = IPAddress(parts[0]), let mask = IPAddress(parts[1]), base.isV4, mask.isV4 else { return nil }
        return Network(base, bits: (~UInt32(truncatingIfNeeded: mask.number)).leadingZeroBitCount)
    }
}
