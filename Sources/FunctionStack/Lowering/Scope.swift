/// The variables of one routine: a slot for each name, wherever in the routine it is declared.
struct Scope {
    /// Slot 0 is the input.
    static let input = 0

    private var slots: [String: Int] = [:]
    private var freeElementSlots: [ElementFilterNode.Slots] = []
    private(set) var count = 1
    /// Names that something assigns.
    private(set) var assigned: Set<String> = []

    /// The slot of a variable that is read.
    mutating func slot(reading name: String) -> Int { slot(name) }

    /// The slot of a variable that is assigned.
    mutating func slot(assigning name: String) -> Int {
        assigned.insert(name)
        return slot(name)
    }

    /// A variable without a name.
    mutating func freshSlot() -> Int {
        count += 1
        return count - 1
    }

    /// The variables of an element filter's expression. They are given back once it is lowered: two expressions that
    /// are not within each other share them.
    mutating func takeElementSlots() -> ElementFilterNode.Slots {
        if let free = freeElementSlots.popLast() { return free }
        return ElementFilterNode.Slots(
            element: freshSlot(), index: freshSlot(), parent: freshSlot(), result: freshSlot())
    }

    mutating func giveBack(_ slots: ElementFilterNode.Slots) { freeElementSlots.append(slots) }

    /// All that have a name, in the order of first use.
    var names: [String] { slots.sorted { $0.value < $1.value }.map(\.key) }

    /// The slot of a variable that has its value from outside.
    mutating func slot(capturing name: String) -> Int { slot(assigning: name) }

    /// What `util.get_vars` and templates see, in the order of first use.
    var visibleVariables: [(name: String, slot: Int)] {
        slots.filter { assigned.contains($0.key) && !$0.key.hasPrefix("$") }
            .map { (name: $0.key, slot: $0.value) }
            .sorted { $0.slot < $1.slot }
    }

    private mutating func slot(_ name: String) -> Int {
        if let known = slots[name] { return known }
        let new = freshSlot()
        slots[name] = new
        return new
    }
}
