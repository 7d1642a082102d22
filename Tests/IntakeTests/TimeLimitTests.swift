import FunctionStack
import Storage
import Testing

@testable import Intake

@Suite("The time of a run")
struct TimeLimitTests {
    @Test("ends also a statement of SQL that would go on for ever, and nothing after the run")
    func endless() throws {
        let connection = try Connection(.memory)
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        let error = #expect(throws: DatabaseError.self) {
            try connection.bounding(until: Clock.monotonic() - 1) { try connection.statement(endless).run() }
        }
        #expect(error?.isInterrupt == true)
        let bounded = endless.replacing("SELECT x + 1 FROM n)", with: "SELECT x + 1 FROM n WHERE x < 200000)")
        #expect(try connection.statement(bounded).first { $0.integer(0) } == 200_000)
    }
}
