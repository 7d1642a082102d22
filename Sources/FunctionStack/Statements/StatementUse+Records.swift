import Values
import XanoScript

extension StatementUse {
    /// The table that the statement names, nil if there is none of that name.
    var table: String? {
        guard let (name, range) = subjectName else { return nil }
        return lowering.checkTable(name, range) ? name : nil
    }

    /// `field_name`: known at load, and then a column of the table; or computed.
    func fieldName(of table: String) -> @Sendable (inout Machine) throws -> String {
        let node = node("field_name")
        guard let constant = node.constant else {
            return { try node.evaluate(&$0).text.string }
        }
        let name = constant.text.string
        if let columns = lowering.names.schema?.columns(of: table), !columns.contains(name), let place = self["field_name"] {
            lowering.reportUnknown("column of \(table)", name, place.range, among: columns)
        }
        return { _ in name }
    }

    /// Reports what of a record's data cannot be stored, as far as its keys are known.
    func checkData() {
        guard let expression = self["data"], let (table, _) = subjectName, let schema = lowering.names.schema,
            case .object(let entries) = expression.kind
        else { return }
        for entry in entries {
            guard let name = entry.key.constantText, let problem = schema.problem(ofWriting: name, to: table) else {
                continue
            }
            // Xano passes over what a table has not.
            lowering.report(
                problem.kind, entry.key.range, problem.message, remedy: problem.remedy,
                severity: problem.kind == .name ? .warning : .error)
        }
    }

    /// The names in a list such as `output`; nil where it is missing.
    func fieldNames(_ attribute: String) -> [String]? {
        guard let expression = self[attribute] else { return nil }
        guard case .array(let items) = expression.kind else {
            lowering.report(.type, expression.range, "`\(attribute)` is a list of names")
            return nil
        }
        return items.compactMap { lowering.lower($0).constant?.text.string }
    }

    /// What `addon` adds to one record, and what `output` leaves of it.
    var shaper: RecordShape {
        RecordShape(addons: addons(isList: false), output: fieldNames("output").map { RecordOutput($0) })
    }
}

extension RoutineLowering {
    /// Whether the workspace has the table; reports it if not.
    func checkTable(_ name: String, _ range: SourceRange) -> Bool {
        guard let problem = names.schema?.problem(ofTable: name) else { return true }
        if problem.kind == .unsupported {
            report(.unsupported, range, problem.message, remedy: problem.remedy)
        } else {
            reportUnknown("table", name, range, among: names.tables)
        }
        return false
    }
}

extension Value {
    /// The value as an object: of a record, of inputs.
    func object(for user: String) throws -> Object {
        switch self {
        case .object(let object): return object
        // `[]` is an empty object in what Xano exports.
        case .array(let items) where items.isEmpty: return [:]
        case .null: return [:]
        default: throw StackError.wrongType(user, expected: "an object", got: self)
        }
    }

    /// The value as an object, which may be JSON text.
    func decodedObject(for statement: String) throws -> Object {
        guard case .text(let text) = self else { return try object(for: "the data of \(statement)") }
        guard case .object(let object)? = try? JSON.parse(text) else {
            throw StackError.wrongType("the data of \(statement)", expected: "an object", got: self)
        }
        return object
    }

    /// A value to find a record by: Xano takes none that is missing.
    func fieldValue() throws -> Value {
        guard self != .null else {
            throw StackError(
                .inputError, "Missing param: field_value", payload: ["param": "field_value"])
        }
        return self
    }
}

/// `db.transaction { stack {…} }`: all of it, or nothing.
final class TransactionStatement: StatementNode {
    let block: BlockNode

    init(_ block: BlockNode) { self.block = block }

    func execute(_ machine: inout Machine) throws -> Flow {
        let records = try machine.run.records()
        let before = machine.state
        var isRepeated = false
        var flow = Flow.next
        do {
            try records.transaction { share in
                if isRepeated { machine.restore(before) }
                isRepeated = true
                flow = try machine.run.budget.sharing(share) { try block.execute(&machine) }
            }
        } catch {
            // With what it wrote, what was to run after the answer is undone.
            machine.run.postProcesses = before.postProcesses
            throw error
        }
        return flow
    }
}
