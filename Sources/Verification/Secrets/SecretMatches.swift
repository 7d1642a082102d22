/// Which secrets of a location a request proves: several where its sender signs with each of them, as some do while a
/// secret is being replaced.
package struct SecretMatches: Sendable, Equatable {
    /// A bit for each secret, the first one lowest. `SecretSet.maximumCount` of them fit.
    private var bits: UInt8 = 0

    package init() {}

    init(_ index: Int?) {
        if let index { insert(index) }
    }

    mutating func insert(_ index: Int) {
        guard (0..<SecretSet.maximumCount).contains(index) else { return }
        bits |= 1 << UInt8(index)
    }

    package var isEmpty: Bool { bits == 0 }
    /// Whether it is one secret that proves the request, so that without it the request would be refused.
    package var isOne: Bool { bits.nonzeroBitCount == 1 }
    /// The position of the first one.
    package var first: Int? { isEmpty ? nil : bits.trailingZeroBitCount }

    /// The positions, from 0 and in order.
    package var indices: [Int] { (0..<SecretSet.maximumCount).filter { bits & 1 << UInt8($0) != 0 } }
}
