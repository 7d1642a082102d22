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
final class BlockNode: Sendable {
    private let statements: [any StatementNode]
    private let places: [SourceRange]
    private let file: SourceFile

    init(_ statements: [(node: any StatementNode, place: SourceRange)], file: SourceFile) {
        self.statements = statements.map(\.node)
        places = statements.map(\.place)
        self.file = file
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        var index = 0
        do {
            while index < statements.count {
                try machine.step()
                let flow = try statements[index].execute(&machine)
                guard case .next = flow else { return flow }
                index += 1
            }
        } catch var error as StackError {
            if error.location == nil { error.location = file.location(of: places[index]) }
            throw error
        }
        return .next
    }
}

extension SourceFile {
    /// `function/a.xs:12:3`
    func location(of range: SourceRange) -> String {
        let (line, column) = position(of: range.start)
        return "\(path):\(line):\(column)"
    }
}
