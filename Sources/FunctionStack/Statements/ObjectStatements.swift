import Values
import XanoScript

/// `object.keys`, `object.values`, `object.entries`: what the filters of these names do.
enum ObjectStatements {
    static let definitions = ["keys", "values", "entries"].map { filter in
        StatementDefinition("object." + filter, attributes: [.required("value")]) { use in
            guard let node = use.filter(filter, of: use.node("value"), []) else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { try node.evaluate(&$0) }
        }
    }
}
