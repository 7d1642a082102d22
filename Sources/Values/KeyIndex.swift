/// Finds positions by hash: open addressing, at most half full, positions as 32 bits.
struct KeyIndex: Sendable {
    private static let free: UInt32 = 0
    private static let removed: UInt32 = .max

    // A position is kept increased by one. One slot more than there are holds how many are used, so that an index,
    // and with it an object, stays small where it is empty.
    private var slots: [UInt32] = []

    init() {}

    /// An index of the positions from 0 up to `count`.
    init(count: Int, hash: (Int) -> Int) {
        var capacity = 32
        while capacity < count * 4 { capacity *= 2 }
        slots = [UInt32](repeating: Self.free, count: capacity + 1)
        for position in 0..<count { place(position, hash: hash(position)) }
    }

    var isEmpty: Bool { slots.isEmpty }

    /// The slots are a power of two.
    private var mask: Int { slots.count - 2 }

    private var used: Int { Int(slots[slots.count - 1]) }

    func position(hash: Int, matches: (Int) -> Bool) -> Int? {
        let mask = mask
        var slot = hash & mask
        while slots[slot] != Self.free {
            let entry = slots[slot]
            if entry != Self.removed, matches(Int(entry) - 1) { return Int(entry) - 1 }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds the position after the last one. `hashes` gives the hash at each position, should the table have to grow.
    mutating func insert(_ position: Int, hash: Int, hashes: (Int) -> Int) {
        if (used + 1) * 2 > mask {
            self = KeyIndex(count: position + 1, hash: hashes)
        } else {
            place(position, hash: hash)
        }
    }

    /// Takes a position out of `count` positions; those above it move down by one.
    mutating func remove(_ position: Int, hash: Int, count: Int) {
        let mask = mask
        let entry = UInt32(position + 1)
        var slot = hash & mask
        while slots[slot] != entry { slot = (slot + 1) & mask }
        slots[slot] = Self.removed
        guard position < count - 1 else { return }
        for slot in 0...mask where slots[slot] > entry && slots[slot] != Self.removed {
            slots[slot] -= 1
        }
    }

    private mutating func place(_ position: Int, hash: Int) {
        let mask = mask
        var slot = hash & mask
        while slots[slot] != Self.free { slot = (slot + 1) & mask }
        slots[slot] = UInt32(position + 1)
        slots[slots.count - 1] += 1
    }
}
