internal import Values

/// The addresses that may call a location, made once for its settings.
struct AddressList: Sendable, Equatable {
    /// Sorted, and apart from each other.
    private var four: [ClosedRange<UInt128>]
    private var six: [ClosedRange<UInt128>]

    /// More items than this are no sender's list.
    static let maximumCount = 20_000

    /// - Throws: `AddressProblem` if the networks together let everybody in, of either family.
    init(_ networks: [Network]) throws(AddressProblem) {
        four = Self.merged(networks.filter(\.base.isV4))
        six = Self.merged(networks.filter { !$0.base.isV4 })
        guard four != [0...UInt128(UInt32.max)], six != [0...UInt128.max] else { throw AddressItem.everybody("it") }
    }

    /// Whether an address is listed. An IPv4 address inside IPv6 is the IPv4 address.
    func contains(_ address: IPAddress) -> Bool {
        let address = address.mapped ?? address
        return address.isV4 ? Self.contains(address.number, four) : Self.contains(address.number, six)
    }

    private static func contains(_ number: UInt128, _ ranges: [ClosedRange<UInt128>]) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            let range = ranges[middle]
            if number < range.lowerBound {
                high = middle
            } else if number > range.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }

    private static func merged(_ networks: [Network]) -> [ClosedRange<UInt128>] {
        var merged: [ClosedRange<UInt128>] = []
        for range in networks.map(\.numbers).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // One that begins where the last one ends goes on with it.
            if let last = merged.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
