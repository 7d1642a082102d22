import Values
import XanoScript

/// A statement as it is run.
protocol StatementNode: AnyObject, Sendable {
    func execute(_ machine: inout Machine) throws -> Flow
}

/// Where a run goes after a statement.
enum Flow: Sendable {
    case next
    /// Leaves the innermost loop.
    case `break`
    /// Goes on with the next round of the innermost loop.
    case `continue`
    /// Leaves the routine; the machine holds what it returns.
    case `return`
    /// `debug.stop`: ends the run.
    case stop
}

/// Statements one after the other.
///
/// They hang in a tree and not in an array: what is read from an array is retained for as long as it is used, which
/// costs more than most statements.
final class BlockNode: Sendable {
    private let root: any StatementNode

    init(_ statements: [(node: any StatementNode, place: SourceRange)], file: SourceFile) {
        let placed = statements.map { PlacedStatement($0.node, at: $0.place, in: file) }
        root = Self.tree(placed[...])
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow { try root.execute(&machine) }

    private static func tree(_ statements: ArraySlice<PlacedStatement>) -> any StatementNode {
        switch statements.count {
        case 0: return EmptyStatement()
        case 1: return statements[statements.startIndex]
        default:
            let middle = statements.startIndex + statements.count / 2
            return StatementPair(tree(statements[..<middle]), tree(statements[middle...]))
        }
    }
}

/// A statement that counts as a step, and whose errors say where it stands.
private final class PlacedStatement: StatementNode {
    private let node: any StatementNode
    private let place: SourceRange
    private let file: SourceFile

    init(_ node: any StatementNode, at place: SourceRange, in file: SourceFile) {
        self.node = node
        self.place = place
        self.file = file
    }

    @inline(__always)
    func execute(_ machine: inout Machine) throws -> Flow {
        do {
            try machine.step()
            return try node.execute(&machine)
        } catch {
            throw located(error)
        }
    }

    @inline(never)
    private func located(_ error: any Error) -> any Error {
        guard var error = error as? StackError, error.location == nil else { return error }
        error.location = file.location(of: place)
        return error
    }
}

private final class StatementPair: StatementNode {
    private let first: any StatementNode
    private let second: any StatementNode

    init(_ first: any StatementNode, _ second: any StatementNode) {
        self.first = first
        self.second = second
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let flow = try first.execute(&machine)
        guard case .next = flow else { return flow }
        return try second.execute(&machine)
    }
}

private final class EmptyStatement: StatementNode {
    func execute(_ machine: inout Machine) -> Flow { .next }
}

extension SourceFile {
    /// `function/a.xs:12:3`
    func location(of range: SourceRange) -> String {
        let (line, column) = position(of: range.start)
        return "\(path):\(line):\(column)"
    }
}
