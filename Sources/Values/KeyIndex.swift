/// Finds positions by hash: open addressing, at most half full, positions as 32 bits.
struct KeyIndex: Sendable {
    private static let free: UInt32 = 0
    private static let removed: UInt32 = .max

    // A position is kept increased by one.
    private var slots: [UInt32] = []
    private var used = 0

    init() {}

    /// An index of the positions from 0 up to `count`.
    init(count: Int, hash: (Int) -> Int) {
        var capacity = 32
        while capacity < count * 4 { capacity *= 2 }
        slots = [UInt32](repeating: Self.free, count: capacity)
        for position in 0..<count { place(position, hash: hash(position)) }
    }

    var isEmpty: Bool { slots.isEmpty }

    func position(hash: Int, matches: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
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
        if (used + 1) * 2 > slots.count {
            self = KeyIndex(count: position + 1, hash: hashes)
        } else {
            place(position, hash: hash)
        }
    }

    /// Takes a position out of `count` positions; those above it move down by one.
    mutating func remove(_ position: Int, hash: Int, count: Int) {
        let mask = slots.count - 1
        let entry = UInt32(position + 1)
        var slot = hash & mask
        while slots[slot] != entry { slot = (slot + 1) & mask }
        slots[slot] = Self.removed
        guard position < count - 1 else { return }
        for slot in slots.indices where slots[slot] > entry && slots[slot] != Self.removed {
            slots[slot] -= 1
        }
    }

    private mutating func place(_ position: Int, hash: Int) {
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] != Self.free { slot = (slot + 1) & mask }
        slots[slot] = UInt32(position + 1)
        used += 1
    }
}
