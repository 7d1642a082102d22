import Values
import XanoScript

/// The stack of a `util.post_process`, as it is run: a routine of its own.
package struct PostProcessProgram: Sendable {
    /// Its file, and its place among those of the file: `api/order_post.xs#1`.
    package let key: String
    /// Of the stack and everything it reaches.
    package let facts: Facts
    /// What it reaches that is not supported, if it does.
    let obstacle: Diagnostic?
    /// Its number among the routines.
    let routine: Int
    /// The variables around it that it uses, as its own routine has them.
    let variables: [(name: Text, slot: Int)]
}

/// The blocks that were found while a workspace is lowered. Their numbers come after those of its constructs.
final class PostProcessList {
    struct Block {
        var key: String
        var variables: [(name: Text, slot: Int)] = []
        var lowered: LoweredRoutine?
    }

    private let first: Int
    private var counts: [String: Int] = [:]
    private(set) var blocks: [Block] = []

    init(first: Int) { self.first = first }

    /// - Returns: the block's number among the routines, and its key.
    func begin(in file: SourceFile) -> (number: Int, key: String) {
        counts[file.path, default: 0] += 1
        let key = "\(file.path)#\(counts[file.path, default: 1])"
        blocks.append(Block(key: key))
        return (first + blocks.count - 1, key)
    }

    func end(_ number: Int, _ lowered: LoweredRoutine, variables: [(name: Text, slot: Int)]) {
        blocks[number - first].lowered = lowered
        blocks[number - first].variables = variables
    }

    /// In the order of their numbers.
    var routines: [LoweredRoutine] { blocks.compactMap(\.lowered) }

    func programs(_ states: [RoutineState]) -> [PostProcessProgram] {
        blocks.enumerated().map { index, block in
            let state = states[first + index]
            return PostProcessProgram(
                key: block.key, facts: state.facts, obstacle: state.obstacle, routine: first + index, variables: block.variables)
        }
    }
}

extension Program {
    /// The stack of a block, unless it reaches something that is not supported.
    package func postProcess(_ key: String) -> Lookup<PostProcessProgram> {
        guard let block = postProcesses.first(where: { $0.key == key }) else { return .missing }
        return block.obstacle.map(Lookup.unsupported) ?? .ready(block)
    }

    /// Runs the stack of a block. What it did wrong is in the outcome.
    ///
    /// - Parameter request: what it sees of the request whose run came upon it.
    /// - Throws: errors of the storage.
    package func run(
        _ block: PostProcessProgram, _ entry: PostProcessEntry, request: StackRequest?, identity: Identity? = nil,
        effects: Effects
    ) throws -> Outcome {
        try Run(
            routines: routines, postProcessPrograms: postProcesses, request: request, effects: effects, identity: identity
        ).outcome(of: block, entry)
    }

    /// Runs what a run left, and what that leaves, in order: for who has no queue.
    ///
    /// - Throws: the first `StackError`; errors of the storage.
    package func run(
        _ entries: [PostProcessEntry], request: StackRequest?, identity: Identity?, effects: Effects
    ) throws {
        let run = Run(
            routines: routines, postProcessPrograms: postProcesses, request: request, effects: effects, identity: identity)
        run.postProcesses = entries
        try run.runPostProcesses { _, outcome in
            if let error = outcome.error { throw error }
        }
    }
}
