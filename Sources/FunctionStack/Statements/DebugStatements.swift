import Values
import XanoScript

/// `debug.log` and `debug.stop`
enum DebugStatements {
    static let definitions = [
        StatementDefinition("debug.log", attributes: [.required("value")]) { use in
            LogStatement(use.node("value"), location: use.location, stops: false)
        },
        StatementDefinition("debug.stop", attributes: [.required("value")]) { use in
            LogStatement(use.node("value"), location: use.location, stops: true)
        },
    ]
}

final class LogStatement: StatementNode {
    let value: any ExpressionNode
    let location: String
    let stops: Bool

    init(_ value: any ExpressionNode, location: String, stops: Bool) {
        self.value = value
        self.location = location
        self.stops = stops
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let value = try value.evaluate(&machine)
        machine.run.effects.log(LogEntry(kind: stops ? .stop : .message, value: value, location: location))
        guard stops else { return .next }
        machine.stopped = value
        return .stop
    }
}

extension StatementUse {
    /// `function/a.xs:12:3`
    var location: String { lowering.file.location(of: statement.range) }
}
