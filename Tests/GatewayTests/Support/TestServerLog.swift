import Synchronization

/// Numbers in the order they were added, from any thread.
final class TestServerLog: Sendable {
    private let list = Mutex<[Int]>([])
    func add(_ number: Int) { list.withLock { $0.append(number) } }
    var all: [Int] { list.withLock(\.self) }
}
