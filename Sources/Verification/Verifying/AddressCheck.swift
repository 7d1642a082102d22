internal import Values

/// Lets in requests from the addresses that a location lists, whatever else they bring.
struct AddressCheck: Sendable {
    private let list: AddressList

    /// - Parameter read: what the rule's files list; nil if nobody has read them.
    init(_ rule: AddressRule, _ read: [Network]?) throws(SettingProblem) {
        list = try rule.list(read)
    }

    func check(_ peer: PeerAddress) throws(Refusal) {
        guard case .address(let address) = peer else { throw Refusal(.unknownPeer(peer)) }
        guard list.contains(address) else { throw Refusal(.strangePeer(address)) }
    }
}
