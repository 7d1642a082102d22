import Testing

@testable import Values

@Suite("Numbers as text")
struct NumberTests {
    @Test(
        "Integers are read exactly, and nothing else is",
        arguments: [
            ("0", 0), ("-0", 0), ("+5", 5), ("007", 7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("", nil), ("-", nil), ("1.0", nil), (" 1", nil),
            ("1 ", nil), ("0x1", nil), ("99999999999999999999999", nil),
        ] as [(Text, Int64?)])
    func integers(text: Text, expected: Int64?) {
        #expect(Integer.parse(text) == expected)
    }

    @Test("Integers are written as they are read", arguments: [0, 9, -9, 10, -10, 99, 100, 12345, .max, .min] as [Int64])
    func writtenIntegers(integer: Int64) {
        var buffer: [UInt8] = []
        Integer.append(integer, to: &buffer)
        #expect(Text(bytes: buffer) == Text(String(integer)))
    }

    @Test(
        "Decimals are written as PHP does",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (1e15, "1000000000000000"), (1e16, "10000000000000000"),
            (1e17, "1.0e+17"), (12345678901234568, "12345678901234568"), (1.5e25, "1.5e+25"), (0.0001, "0.0001"), (0.00001, "1.0e-5"),
            (123456.789, "123456.789"), (.leastNonzeroMagnitude, "5.0e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (0.1 + 0.2, "0.30000000000000004"), (1e100, "1.0e+100"), (.infinity, "INF"), (-.infinity, "-INF"), (.nan, "NAN"),
        ] as [(Double, Text)])
    func decimals(decimal: Double, expected: Text) {
        #expect(Decimal.text(decimal) == expected)
    }

    @Test("Every decimal reads back as itself, from its own text and as JSON")
    func roundTrip() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<5_000 {
            let decimal = Double(bitPattern: random.next())
            guard decimal.isFinite else { continue }
            let text = Decimal.text(decimal)
            let read = text.withBytes { Decimal.parse($0) }
            #expect(read?.bitPattern == decimal.bitPattern)
            switch try JSON.parse(text) {
            case .decimal(let json): #expect(json.bitPattern == decimal.bitPattern)
            case .integer(let json): #expect(Double(json) == decimal)
            case let other: Issue.record("\(text) is read as \(other)")
            }
        }
    }

    @Test("Decimals of few digits are read as the standard library reads them")
    func fastPath() throws {
        var random = SplitMix(seed: 2)
        for _ in 0..<5_000 {
            let digits = random.next() % 10_000_000_000_000_000
            let text = "\(digits)e\(Int(random.next() % 60) - 30)"
            guard case .decimal(let decimal) = try JSON.parse(Text(text)) else {
                Issue.record("\(text) is no decimal")
                continue
            }
            #expect(decimal == Double(text))
        }
    }

    @Test("What is no number is not read", arguments: ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x1p3", "inf", "nan", "1 "])
    func noDecimals(text: String) {
        #expect(Text(text).withBytes { Decimal.parse($0) } == nil)
    }
}
