import Inbox
import Storage
import Testing
import Values

@Suite("Tasks that run by themselves")
struct TaskTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    /// Every so often from a moment on.
    private func every(_ period: Int64, from start: Int64 = 0, name: String = "tidy", as schedule: String? = nil) -> TaskTimetable {
        TaskTimetable(name: name, schedule: schedule ?? "\(start)/\(period)") { moment in
            moment < start ? start : start + ((moment - start) / period + 1) * period
        }
    }

    private func look(_ tasks: [TaskTimetable], at now: Int64) throws -> (queued: [String], next: Int64?) {
        try bench.inbox.queueTasks(tasks, location: "shop", at: now, on: bench.connection)
    }

    @Test("wait for their next time when they are seen first, and are queued at that time, once")
    func first() throws {
        let tasks = [every(100)]
        var result = try look(tasks, at: 250)
        #expect(result.queued == [] && result.next == 300)
        result = try look(tasks, at: 299)
        #expect(result.queued == [] && result.next == 300)
        result = try look(tasks, at: 300)
        #expect(result.queued == ["tidy"] && result.next == 400)
        result = try look(tasks, at: 300)
        #expect(result.queued == [] && result.next == 400)
        let event = try #require(try bench.claim(at: 300))
        #expect(event.sender == Inbox.taskSender && event.location == "shop" && event.request.path.string == "tidy")
        #expect(try bench.claim(at: 300) == nil)
    }

    @Test("whose times were missed run once, and then at their times again")
    func missed() throws {
        let tasks = [every(100)]
        _ = try look(tasks, at: 0)
        let result = try look(tasks, at: 1_050)
        #expect(result.queued == ["tidy"] && result.next == 1_100)
        #expect(try bench.count("postern_event") == 1)
    }

    @Test("of the same moment are each queued")
    func several() throws {
        let tasks = [every(100), every(50, name: "count")]
        _ = try look(tasks, at: 0)
        #expect(try look(tasks, at: 50).queued == ["count"])
        let result = try look(tasks, at: 100)
        #expect(result.queued == ["tidy", "count"] && result.next == 150)
    }

    @Test("begin anew with another schedule, and a time of the old one is not made up for")
    func changed() throws {
        _ = try look([every(100)], at: 0)
        let result = try look([every(1_000)], at: 150)
        #expect(result.queued == [] && result.next == 1_000)
    }

    @Test("are forgotten when the workspace has them no more, or no time is left")
    func forgotten() throws {
        _ = try look([every(100)], at: 0)
        #expect(try bench.inbox.knowsTasks(on: bench.connection))
        let result = try look([], at: 150)
        #expect(result.queued == [] && result.next == nil)
        #expect(try !bench.inbox.knowsTasks(on: bench.connection))
        let once = TaskTimetable(name: "once", schedule: "500") { $0 < 500 ? 500 : nil }
        #expect(try look([once], at: 0).next == 500)
        #expect(try look([once], at: 600).queued == ["once"])
        #expect(try look([once], at: 700).queued == [])
        #expect(try !bench.inbox.knowsTasks(on: bench.connection))
    }

    @Test("are queued once a time, also by a process that knows nothing of the other's look")
    func identity() throws {
        let tasks = [every(100)]
        _ = try look(tasks, at: 0)
        _ = try look(tasks, at: 100)
        try bench.connection.execute("UPDATE postern_task SET due = 100")
        #expect(try look(tasks, at: 100).queued == [])
        #expect(try bench.count("postern_event") == 1)
    }
}
