import Synchronization

/// The events of one queue that run on workers: begun in the order of their arrival, so many at one time. One that its
/// process died over runs while no other of them does.
final class WorkerLane: Sendable {
    private struct Item {
        let location: String
        let isAlone: Bool
        let run: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Item] = []
        var running = 0
        var isOneAlone = false
    }

    private let pool: WorkerPool
    private let state = Mutex(State())
    /// Told each time that one has ended.
    private let ended: @Sendable () -> Void

    /// The others of the pool are for events whose senders wait.
    private var maximum: Int { max(1, pool.maximum / 2) }
    /// Events that may wait here, claimed; the others wait in the queue.
    private static let largestBacklog = 32

    init(_ pool: WorkerPool, ended: @escaping @Sendable () -> Void) {
        self.pool = pool
        self.ended = ended
    }

    /// Whether the process is about to end.
    var isStopping: Bool { pool.isStopping }

    var isIdle: Bool { state.withLock { $0.running == 0 && $0.waiting.isEmpty } }

    /// Locations of which no more are to be claimed for now.
    var congested: Set<String> {
        state.withLock { state in
            state.waiting.count < Self.largestBacklog ? [] : Set(state.waiting.map(\.location))
        }
    }

    func add(_ location: String, isAlone: Bool, _ run: @escaping @Sendable () -> Void) {
        state.withLock { $0.waiting.append(Item(location: location, isAlone: isAlone, run: run)) }
        start()
    }

    private func start() {
        while let item = next() {
            let isTaken = pool.submit { [self] in
                item.run()
                end(item)
            }
            // The process ends, and the claim with it.
            if !isTaken { return end(item) }
        }
    }

    private func next() -> Item? {
        state.withLock { state in
            guard let first = state.waiting.first, !state.isOneAlone, state.running < (first.isAlone ? 1 : maximum) else {
                return nil
            }
            state.waiting.removeFirst()
            state.running += 1
            state.isOneAlone = first.isAlone
            return first
        }
    }

    private func end(_ item: Item) {
        state.withLock { state in
            state.running -= 1
            if item.isAlone { state.isOneAlone = false }
        }
        start()
        ended()
    }
}
