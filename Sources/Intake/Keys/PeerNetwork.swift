import Values
import Verification

/// From which network a request comes, as far as it says who sends: the owner of an address has many beside it.
struct PeerNetwork: Sendable, Hashable {
    /// `192.0.2.0/24`; empty where it says nothing: behind a proxy, or over a socket of the file system, all come from
    /// the same.
    let text: String

    init(_ peer: PeerAddress) {
        guard case .address(let address) = peer else {
            text = ""
            return
        }
        let own = address.mapped ?? address
        let bits = own.isV4 ? 24 : 48
        let network = Network(own.cleared(behind: bits), bits: bits)
        text = Network(own, bits: own.width).isPrivate ? "" : network.description
    }
}
