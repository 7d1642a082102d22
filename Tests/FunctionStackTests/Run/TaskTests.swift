import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Tasks")
struct TaskTests {
    private static let start: Int64 = 1_735_689_600_000  // 2025-01-01 00:00:00

    private static func task(_ entries: String) throws -> Program {
        try Program.parsed(["task \"t\" {\n stack { return { value = 4 } }\n\(entries)\n}"])
    }

    @Test("A schedule's next time is later than the moment it is asked for", arguments: [
        // Once, then every so often, both ends included.
        (TaskSchedule(start: 100), Int64(99), Int64?(100)), (TaskSchedule(start: 100), 100, nil),
        (TaskSchedule(start: 100, period: 10), 0, 100), (TaskSchedule(start: 100, period: 10), 100, 110),
        (TaskSchedule(start: 100, period: 10), 109, 110), (TaskSchedule(start: 100, period: 10), 1_234, 1_240),
        (TaskSchedule(start: 100, period: 10, end: 120), 110, 120), (TaskSchedule(start: 100, period: 10, end: 119), 110, nil),
        (TaskSchedule(start: 100, end: 50), 0, nil), (TaskSchedule(start: 100, period: .max), 200, nil),
        (TaskSchedule(start: .min, period: 1), .max, nil),
    ])
    func next(schedule: TaskSchedule, moment: Int64, expected: Int64?) {
        #expect(schedule.next(after: moment) == expected)
    }

    @Test("A schedule is written as a list, or as a block of events", arguments: [
        "schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 60}]",
        "schedule {\n events = [{starts_on: 2025-01-01 00:00:00+0000, freq: 60}]\n}",
        "schedule {\n events = [\n {\n starts_on: 2025-01-01 01:00:00+0100\n freq: 60\n }\n ]\n}",
    ])
    func written(schedule: String) throws {
        let program = try Self.task(schedule)
        #expect(program.diagnostics.map { $0.render() } == [])
        #expect(program.tasks.map(\.schedule) == [[TaskSchedule(start: Self.start, period: 60_000)]])
        #expect(program.tasks[0].nextRun(after: Self.start) == Self.start + 60_000)
    }

    @Test("The earliest of several events counts, and none of a task that is not active")
    func several() throws {
        let schedule = """
            schedule = [
              {starts_on: 2025-01-01 09:00:00+0000, freq: 86400}
              {starts_on: 2025-01-01 07:00:00+0000, freq: 86400, ends_on: 2025-01-02 23:59:59+0000}
            ]
            """
        let hour: Int64 = 3_600_000
        let task = try Self.task(schedule).tasks[0]
        #expect(task.nextRun(after: Self.start) == Self.start + 7 * hour)
        #expect(task.nextRun(after: Self.start + 7 * hour) == Self.start + 9 * hour)
        #expect(task.nextRun(after: Self.start + 40 * 24 * hour) == Self.start + (40 * 24 + 9) * hour)
        #expect(try Self.task("active = false\n" + schedule).tasks[0].nextRun(after: Self.start) == nil)
    }

    @Test("What is wrong with a schedule is told when the workspace is loaded", arguments: [
        ("schedule = [{starts_on: \"tomorrow\"}]", "a schedule needs a moment that does not move"),
        ("schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 0}]", "`freq` is a whole number of seconds, more than 0"),
        ("schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: \"1d\"}]", "`freq` is a whole number of seconds, more than 0"),
    ])
    func wrong(schedule: String, message: String) throws {
        #expect(try Self.task(schedule).diagnostics.map(\.message) == [message])
    }

    @Test("A task is run by its name, with the middleware of its branch around it")
    func run() throws {
        let program = try Program.parsed([
            "task \"t\" {\n stack { return { value = 4 } }\n}",
            "branch \"b\" {\n middleware = {task: {post: [\"more\"]}}\n}",
            "middleware \"more\" {\n response_strategy = \"replace\"\n input { json vars }\n stack { }\n response = $input.vars + 1\n}",
        ])
        guard case .ready(let task) = program.task("t") else { throw StackError.mistake("not ready") }
        #expect(try program.runTask(task, effects: .forTests()) == 5)
    }

    @Test("A task that reaches what is not supported can't be run")
    func unsupported() throws {
        let program = try Program.parsed(["task \"t\" {\n stack { api.lambda { code = \"1\" } as $x }\n}"])
        guard case .unsupported(let reason) = program.task("t") else { throw StackError.mistake("it can") }
        #expect(reason.message == "`api.lambda` is not supported: Postern runs no JavaScript")
    }
}
