import Testing
import Values

@testable import FunctionStack

@Suite("Filters for times")
struct TimeFilterTests {
    static let noon: Value = 1_692_132_330_000

    @Test(
        "The examples of the documentation",
        arguments: [
            (FilterCall("parse_timestamp", "2023-08-15 13:45:30", "Y-m-d H:i:s", "America/Los_Angeles"), "1692132330000"),
            (FilterCall("format_timestamp", "1692132330000", "Y-m-d H:i:s", "America/New_York"), #""2023-08-15 16:45:30""#),
            (FilterCall("format_timestamp", 1_692_132_330_000, "Y-m-d", "UTC"), #""2023-08-15""#),
            (FilterCall("transform_timestamp", "2023-08-15T20:45:30.000Z", "-7 days", "America/Los_Angeles"), "1691527530000"),
            (FilterCall("add_secs_to_timestamp", 1_691_527_530_000, 60), "1691527590000"),
            (FilterCall("to_timestamp", "Jan 1 2000"), "946684800000"), (FilterCall("to_ms", "Jan 1 2000"), "946684800000"),
            (FilterCall("to_seconds", 1_758_265_200_000), "1758265200"), (FilterCall("to_minutes", 1_758_265_200_000), "29304420"),
            (FilterCall("to_hours", 1_758_265_200_000), "488407"), (FilterCall("to_days", 1_758_265_200_000), "20350"),
            (FilterCall("to_seconds", "now"), "1709209845"), (FilterCall("to_timestamp", nil), "null"),
            (FilterCall("to_seconds", -1), "-1"), (FilterCall("add_ms_to_timestamp", "monday", 500), "1709510400500"),
        ])
    func documentation(call: FilterCall, expected: String) throws {
        #expect(JSON.text(try call.result()) == Text(expected))
    }

    @Test(
        "Formats are written by PHP's letters",
        arguments: [
            ("d j D l N S w z", "05 5 Fri Friday 5 th 5 186"), ("W o", "27 2024"), ("F M m n t", "July Jul 07 7 31"),
            ("L Y y x X", "1 2024 24 2024 +2024"), ("a A g G h H i s", "pm PM 3 15 03 15 07 09"), ("u v", "042000 042"),
            ("B", "588"), ("e I O P p T Z", "Europe/Berlin 1 +0200 +02:00 +02:00 CEST 7200"),
            ("c", "2024-07-05T15:07:09+02:00"), ("r", "Fri, 05 Jul 2024 15:07:09 +0200"), ("U", "1720184829"),
            (#"\Y\\Y \t\h\e jS"#, #"Y\2024 the 5th"#), ("", ""), ("é!", "é!"),
        ])
    func formats(format: String, expected: String) throws {
        let zone = try Zone.named("Europe/Berlin")
        #expect(DateFormat.text(1_720_184_829_042, format: Text(format), zone: zone) == Text(expected))
    }

    @Test(
        "Zones are shown as in PHP, also those without letters, with seconds, or that are an offset",
        arguments: [
            ("Europe/London", "+00:00 GMT"), ("UTC", "Z UTC"), ("Z", "Z Z"), ("+00:00", "Z GMT+0000"), ("+05:30", "+05:30 GMT+0530"),
            ("Australia/Lord_Howe", "+11:00 +11"), ("EST", "-05:00 EST"),
        ])
    func zoneNames(zone: String, expected: Text) throws {
        #expect(DateFormat.text(1_705_320_000_000, format: "p T", zone: try Zone.named(zone)) == expected)
        #expect(DateFormat.text(-2_207_908_800_000, format: "P", zone: try Zone.named("Africa/Abidjan")) == "-00:16")
    }

    @Test(
        "Formats are read by PHP's letters",
        arguments: [
            ("29/02/2024", "d/m/Y", "2024-02-29 12:30:45.678"), ("29/02/2024", "d/m/Y|", "2024-02-29 00:00:00.000"),
            ("29/02/2024", "!d/m/Y", "2024-02-29 00:00:00.000"), ("10:15", "H:i", "2024-02-29 10:15:00.000"),
            ("Feb 3, 99 4:05pm", "M j, y g:ia", "1999-02-03 16:05:00.000"), ("12:00 AM", "g:i A", "2024-02-29 00:00:00.000"),
            ("2024-02-29T10:00:00.25+02:00", "Y-m-d\\TH:i:s.uP", "2024-02-29 08:00:00.250"), ("1700000000", "U", "2023-11-14 22:13:20.000"),
            ("Friday 2024 60", "l Y z", "2024-03-01 12:30:45.678"), ("2024-02-29 rest", "Y-m-d+", "2024-02-29 12:30:45.678"),
            ("2024-02-29 10:00 Asia/Tokyo", "Y-m-d H:i e", "2024-02-29 01:00:00.000"), ("3rd Mar 2024", "!jS M Y", "2024-03-03 00:00:00.000"), ("Tuesday 12th March 2024", "!l jS F Y", "2024-03-12 00:00:00.000"),
            ("Sun, 12 Mar 2024", "!D, d M Y", "2024-03-17 00:00:00.000"), ("+2024-03", "!X-m", "2024-03-01 00:00:00.000"),
            ("2024", "Y-m", "error"),
            ("2024-02x", "Y-m", "error"), ("13", "m", "error"), ("abc", "d", "error"),
        ])
    func reading(text: String, format: String, expected: String) {
        let now = DatePhraseTests.now
        let time = DateFormat.milliseconds(Text(text), format: Text(format), now: now, zone: .utc)
        let shown = time.map { DateFormat.text($0, format: "Y-m-d H:i:s.v", zone: .utc).string } ?? "error"
        #expect(shown == expected)
    }

    @Test(
        "Parts of a time",
        arguments: [
            ("timestamp_year", 2023), ("timestamp_month", 8), ("timestamp_week", 33), ("timestamp_day_of_month", 15),
            ("timestamp_day_of_week", 2), ("timestamp_day_of_year", 227), ("timestamp_hour", 20), ("timestamp_minute", 45),
            ("timestamp_epoch_day", 19_584), ("timestamp_epoch_hour", 470_036), ("timestamp_epoch_minute", 28_202_205),
            ("timestamp_epoch_sec", 1_692_132_330), ("timestamp_epoch_seconds", 1_692_132_330),
            ("timestamp_epoch_ms", 1_692_132_330_000),
        ])
    func parts(filter: String, expected: Int64) throws {
        #expect(try FilterCall(filter, Self.noon).result() == .integer(expected))
    }

    @Test("Parts are those of the zone")
    func zones() throws {
        #expect(try FilterCall("timestamp_hour", Self.noon, "EST").result() == 15)
        #expect(try FilterCall("timestamp_day_of_month", Self.noon, "Asia/Tokyo").result() == 16)
        #expect(try FilterCall("timestamp_minute", Self.noon, "+05:30").result() == 15)
    }

    @Test(
        "Times are moved by units",
        arguments: [
            ("timestamp_add_seconds", 30, "20:46:00 15.08.2023"), ("timestamp_subtract_minutes", 15, "20:30:30 15.08.2023"),
            ("timestamp_add_hours", 5, "01:45:30 16.08.2023"), ("timestamp_subtract_days", 15, "20:45:30 31.07.2023"),
            ("timestamp_add_months", 6, "20:45:30 15.02.2024"), ("timestamp_subtract_months", 8, "20:45:30 15.12.2022"),
            ("timestamp_add_years", -24, "20:45:30 15.08.1999"), ("timestamp_subtract_years", 1, "20:45:30 15.08.2022"),
        ] as [(String, Value, Text)])
    func moves(filter: String, amount: Value, expected: Text) throws {
        let moved = try FilterCall(filter, Self.noon, amount).result()
        #expect(try FilterCall("format_timestamp", moved, "H:i:s d.m.Y").result() == .text(expected))
    }

    @Test("Months are moved to the last day that there is; without an amount it is one")
    func months() throws {
        #expect(try FilterCall("timestamp_add_months", "2024-01-31").result() == FilterCall("to_ms", "2024-02-29").result())
        #expect(try FilterCall("timestamp_add_years", "2024-02-29").result() == FilterCall("to_ms", "2025-02-28").result())
    }

    @Test(
        "What cannot be is refused with the reason",
        arguments: [
            (FilterCall("to_timestamp", "gibberish"), #"cannot read "gibberish""#), (FilterCall("to_timestamp", true), "a timestamp or text"),
            (FilterCall("format_timestamp", 1, "Y", "Mars/Olympus"), "no time zone Mars/Olympus"),
            (FilterCall("format_timestamp", 1, "Y", "../../etc/passwd"), "no time zone"),
            (FilterCall("format_timestamp", .integer(.max), "Y"), "out of range"),
            (FilterCall("add_secs_to_timestamp", 0, .integer(.max)), "out of range"),
            (FilterCall("add_ms_to_timestamp", 0, .integer(.max)), "out of range"),
            (FilterCall("timestamp_add_years", 0, 1_000_000), "out of range"),
            (FilterCall("transform_timestamp", 0, "sideways"), #"does not understand "sideways""#),
            (FilterCall("parse_timestamp", "a", "Y"), #"cannot read "a" by the format "Y""#),
        ])
    func refused(call: FilterCall, part: String) {
        let message = call.failure()
        #expect(message?.contains(part) == true, "\(message ?? "no error")")
    }
}
