import Values
import Verification

/// A location that lists so many ranges of addresses and asks for nothing else, and requests from all over the list.
struct AddressLoop {
    private let verifier: Verifier
    private let requests: [CalledFrom]

    /// A request of which only the caller's address counts.
    struct CalledFrom: SignedRequest {
        let method = "POST"
        let uri: [UInt8] = [UInt8(ascii: "/")]
        let body: [UInt8] = []
        let peer: PeerAddress

        func values(ofHeader name: String) -> [[UInt8]] { [] }
    }

    /// Ranges that do not touch, so that none of them becomes a part of another.
    init(_ count: Int) throws {
        let ranges = (0..<count).map { Network(IPAddress(v4: 0x0B00_0000 + UInt32($0) * 512), bits: 24) }
        verifier = try Verifier(VerificationRule("ip ip=file:/benchmark"), secrets: SecretSet(), addresses: ranges)
        requests = (0..<256).map { number in
            let range = ranges[number * 7919 % count]
            return CalledFrom(peer: .address(IPAddress(v4: UInt32(truncatingIfNeeded: range.base.number) + UInt32(number))))
        }
    }

    /// How many of the requests there are.
    var count: Int { requests.count }

    func areVerified() -> Bool {
        for request in requests {
            guard case .verified = verifier.verify(request, at: 0) else { return false }
        }
        return true
    }
}
