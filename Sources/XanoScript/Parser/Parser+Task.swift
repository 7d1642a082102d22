extension Parser {
    mutating func task(_ body: Body) -> ScheduledTask {
        var task = ScheduledTask()
        task.body = functionBody(body, except: ["middleware", "schedule", "active"])
        task.middleware = middlewareUse(in: body.attributes)
        if let active = body.attributes.first(where: { $0.name == "active" }), case .boolean(false) = active.value.kind {
            task.isActive = false
        }
        task.schedule = schedule(body).compactMap { event($0) }
        return task
    }

    func workflowTest(_ body: Body) -> WorkflowTest {
        var test = WorkflowTest()
        test.stack = body.blocks.first { $0.name == "stack" }?.statements ?? []
        test.attributes = body.attributes
        return test
    }

    /// The events of `schedule = […]`, or of `schedule { events = […] }`.
    private mutating func schedule(_ body: Body) -> [Expression] {
        let block = body.blocks.first { $0.name == "schedule" }
        let list = body.attributes.first { $0.name == "schedule" } ?? block?.attributes.first { $0.name == "events" }
        guard let list else { return [] }
        switch list.value.kind {
        case .array(let events): return events
        case .null, .invalid: return []
        default:
            report(
                .type, list.value.range, "a schedule is a list of events",
                "write [{starts_on: 2026-01-01 08:00:00+0000, freq: 86400}]")
            return []
        }
    }

    private mutating func event(_ expression: Expression) -> ScheduledTask.Event? {
        guard case .object(let entries) = expression.kind else {
            if case .invalid = expression.kind { return nil }
            report(.type, expression.range, "an event of a schedule is an object", "write {starts_on: …, freq: 86400}")
            return nil
        }
        var known: [String: Expression] = [:]
        for entry in entries {
            guard case .text(let name) = entry.key.kind, Self.eventKeys.contains(name) else {
                report(
                    .name, entry.key.range, "an event of a schedule has no `\(text(entry.key.range))`",
                    "it has \(Self.eventKeys.joined(separator: ", "))")
                continue
            }
            known[name] = entry.value
        }
        guard let start = known["starts_on"] else {
            report(.name, expression.range, "an event of a schedule needs `starts_on`", "add starts_on: 2026-01-01 08:00:00+0000")
            return nil
        }
        return ScheduledTask.Event(
            startsOn: start, frequency: known["freq"], endsOn: known["ends_on"], range: expression.range)
    }

    private static let eventKeys = ["starts_on", "freq", "ends_on"]
}
