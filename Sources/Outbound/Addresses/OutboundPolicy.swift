import Values

/// Which addresses may be called: public ones, and what the operator lists.
package struct OutboundPolicy: Sendable, Equatable {
    private var hosts: Set<HostAndPort> = []
    private var networks: [Network] = []
    private var isUnbounded = false

    /// Public addresses only.
    package init() {}

    /// Any address: for the operator's own commands.
    package static let anything = {
        var policy = OutboundPolicy()
        policy.isUnbounded = true
        return policy
    }()

    /// `POSTERN_OUTBOUND`: entries `host:port` and `network/bits`, parted by spaces or commas.
    package init(parsing text: String) throws(OutboundPolicyError) {
        let entries = text.split { $0 == " " || $0 == "," || $0 == "\t" }
        guard !entries.isEmpty else { throw .empty }
        for entry in entries {
            if entry.contains("/") {
                networks.append(try Self.network(entry))
            } else {
                hosts.insert(try HostAndPort(entry: entry))
            }
        }
    }

    private static func network(_ entry: Substring) throws(OutboundPolicyError) -> Network {
        guard !entry.contains("://") else { throw .address(String(entry)) }
        guard let network = Network(entry) else { throw .network(String(entry)) }
        guard network.base == network.base.cleared(behind: network.bits) else { throw .bitsBehindPrefix(String(entry)) }
        return network
    }

    // MARK: Asking

    /// Whether a URL's host and port are listed, whatever the name resolves to.
    func lists(_ host: HostAndPort) -> Bool { isUnbounded || hosts.contains(host) }

    /// Why an address may not be called; nil if it may.
    func objection(to address: IPAddress) -> String? {
        if isUnbounded { return nil }
        if let inner = address.translated, let objection = objection(to: inner) { return objection }
        if lists(address) { return nil }
        if let reservation = address.reservation { return reservation }
        return HostAddresses.contain(address) ? "an address of this host" : nil
    }

    private func lists(_ address: IPAddress) -> Bool {
        networks.contains { network in
            network.contains(address) || address.mapped.map(network.contains) == true
        }
    }
}

/// What is wrong with `POSTERN_OUTBOUND`.
package enum OutboundPolicyError: Error, Sendable, Equatable {
    case empty
    case address(String)
    case network(String)
    case bitsBehindPrefix(String)
    case noPort(String)
    case port(String)
    case host(String)
}

extension OutboundPolicyError: CustomStringConvertible {
    /// What is wrong, and what to do.
    package var description: String {
        switch self {
        case .empty: "it is empty; list host:port or network/bits, or leave it out"
        case .address(let entry): "\(entry) is an address with a scheme; write host:port"
        case .network(let entry): "\(entry) is no network; write it as 10.0.0.0/8 or fd00::/8"
        case .bitsBehindPrefix(let entry): "\(entry) has bits behind its prefix; write the first address of the network, or /32 for one address (/128 of IPv6)"
        case .noPort(let entry): "\(entry) names no port; write \(entry):443, or a network as 10.0.0.0/8"
        case .port(let entry): "\(entry) has a port that is none; write one from 1 to 65535"
        case .host(let entry): "\(entry) names no host; write a name, an IPv4 address, or an IPv6 address in brackets, then :port"
        }
    }
}
