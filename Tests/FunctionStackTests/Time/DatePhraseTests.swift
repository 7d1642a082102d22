import Testing
import Values

@testable import FunctionStack

@Suite("Times in words")
struct DatePhraseTests {
    static let now: Int64 = 1_709_209_845_678

    @Test("A phrase means the time of the table", arguments: try Fixture.rows("Time/phrases.txt"))
    func phrases(row: [String]) throws {
        let zone = try Zone.named(row[1].isEmpty ? "UTC" : row[1])
        let time = Timestamp.parse(Text(row[0]), now: Self.now, zone: zone)
        let shown = time.map { DateFormat.text($0, format: "Y-m-d H:i:s.v", zone: .utc).string } ?? "error"
        #expect(shown == row[2])
    }

    @Test("In an hour that comes twice, now stays now, and hours count as they pass")
    func repeatedHour() throws {
        let zone = try Zone.named("America/New_York")
        // 01:30 for the second time, 3 November 2024.
        let now: Int64 = 1_730_615_400_000
        #expect(Timestamp.parse("now", now: now, zone: zone) == now)
        #expect(Timestamp.parse("+1 hour", now: now, zone: zone) == now + 3_600_000)
        #expect(Timestamp.parse("-1 hour", now: now, zone: zone) == now - 3_600_000)
    }

    @Test("Every day of four centuries is the day after the one before")
    func calendar() {
        var last = CivilTime(secondsSince1970: -200 * 31_556_952)
        for day in (last.daysSince1970 + 1)..<(last.daysSince1970 + 146_200) {
            let date = CivilTime(secondsSince1970: day * 86_400)
            #expect(date.daysSince1970 == day)
            let follows = date.day == last.day + 1 || (date.day == 1 && last.day == last.daysInMonth)
            if !follows || date.weekday != (last.weekday + 1) % 7 { Issue.record("\(last) is followed by \(date)") }
            last = date
        }
    }

    @Test(
        "Weeks are those of ISO 8601",
        arguments: [
            (2021, 1, 3, 2020, 53), (2021, 1, 4, 2021, 1), (2018, 12, 31, 2019, 1), (2016, 1, 1, 2015, 53), (2024, 2, 29, 2024, 9),
        ])
    func weeks(year: Int, month: Int, day: Int, weekYear: Int, week: Int) {
        let found = CivilTime(year: year, month: month, day: day).isoWeek
        #expect(found.year == weekYear)
        #expect(found.week == week)
    }
}
