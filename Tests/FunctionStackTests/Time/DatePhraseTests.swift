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

    @Test(
        "The short way for ISO 8601 gives what the long one gives",
        arguments: [
            "2024-02-29", "2024-02-29T12:30:45", "2024-02-29 12:30:45", "2024-02-29T12:30:45Z", "2024-02-29T12:30:45.6Z",
            "2024-02-29T12:30:45.678901+02:00", "1969-12-31T23:59:59.999-0530", "2024-11-03T01:30:00", "2024-03-10T02:30:00",
            "2023-02-31T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z",
        ])
    func iso(text: Text) throws {
        let zone = try Zone.named("America/New_York")
        let short = text.withBytes { ISOTimestamp.milliseconds($0, zone: zone) }
        #expect(short != nil)
        #expect(short == DatePhrase(text)?.milliseconds(now: Self.now, zone: zone))
    }

    @Test(
        "The short way leaves other forms to the long one",
        arguments: [
            "2024-02-29T12:30", "2024-02-29T12:30:45+02", "2024-02-29T24:00:00", "2024-02-29T12:30:60Z", "2024-13-01", "2024-02-29T12:30:45.Z",
            "2024-02-29T12:30:45 Z", "2024-02-29T12:30:45Zx", "2024-2-29", "now", "", "2024-02-29T12:30:45+2:00", "2024-02-29x12:30:45",
        ])
    func notISO(text: Text) {
        #expect(text.withBytes { ISOTimestamp.milliseconds($0, zone: .utc) } == nil)
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
