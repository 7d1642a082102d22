import FunctionStack
import Glibc
import Intake
import Storage
import Synchronization

/// Tests of a workspace on as many threads as there are processors, told of in their order.
final class TestRun: Sendable {
    private struct State {
        /// The next test that nobody has taken.
        var next = 0
        var results: [UnitTestResult?]
        /// How many have been told of.
        var told = 0
    }

    /// What became of all tests.
    struct Tally {
        var passed = 0
        var failed = 0
    }

    /// What stacks need: values nest.
    private static let stackSize = 8 << 20

    private let checked: CheckedWorkspace
    private let tests: [UnitTestCase]
    private let state: Mutex<State>
    private let tell: @Sendable (UnitTestResult) -> Void

    /// - Parameter tell: gets the results in the order of the tests, each as soon as those before it are there
    init(_ checked: CheckedWorkspace, _ tests: [UnitTestCase], tell: @escaping @Sendable (UnitTestResult) -> Void) {
        self.checked = checked
        self.tests = tests
        self.tell = tell
        state = Mutex(State(results: Array(repeating: nil, count: tests.count)))
    }

    func run() throws -> Tally {
        let count = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), tests.count)
        let threads = try (0..<count).map { _ in try Thread(stackSize: Self.stackSize) { [self] in work() } }
        for thread in threads { thread.join() }
        return state.withLock { state in
            state.results.reduce(into: Tally()) { tally, result in
                if result?.passed == true { tally.passed += 1 } else { tally.failed += 1 }
            }
        }
    }

    private func work() {
        while let number = take() {
            let result = result(of: tests[number])
            state.withLock { state in
                state.results[number] = result
                while state.told < tests.count, let result = state.results[state.told] {
                    tell(result)
                    state.told += 1
                }
            }
        }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard state.next < tests.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Whatever goes wrong is this test's own failure.
    private func result(of test: UnitTestCase) -> UnitTestResult {
        do {
            let session = try StackSession(checked, database: nil)
            return try session.perform { effects in try checked.program.run(test, effects: effects) }
        } catch {
            return test.failed("\(error)")
        }
    }
}
