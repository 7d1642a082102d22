/// `task "name" { stack { … } schedule = [{starts_on: 2026-01-01 08:00:00+0000, freq: 86400}] }`
package struct ScheduledTask: Sendable {
    package var body = FunctionBody()
    package var middleware: MiddlewareUse?
    package var schedule: [Event] = []
    /// `active = false`: the schedule rests; the task may still be run by its name.
    package var isActive = true

    package init() {}

    /// When it runs: once, or again and again.
    package struct Event: Sendable {
        package var startsOn: Expression
        /// Seconds from one run to the next.
        package var frequency: Expression?
        package var endsOn: Expression?
        package var range: SourceRange
    }
}

/// `workflow_test "name" { stack { function.call "a" as $a expect.to_equal ($a) { … } } }`
package struct WorkflowTest: Sendable {
    package var stack: [Statement] = []
    /// `description`, `datasource`, `tags`…
    package var attributes: [Attribute] = []

    package init() {}
}
