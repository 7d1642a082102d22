import Glibc
import Testing

@testable import XanoScript

@Suite("Robustness")
struct RobustnessTests {
    private static func sources() throws -> [[UInt8]] {
        try ["valid", "errors", "shop/api/orders", "shop/function", "shop/table", "shop/task"]
            .flatMap { try Fixtures.sources(in: $0) }
            .map(\.bytes)
    }

    @Test("A source cut off anywhere is an error or complete, never a crash")
    func cutOff() throws {
        for source in try Self.sources() {
            for end in stride(from: 0, to: source.count, by: 11) {
                let (constructs, diagnostics) = Parser.parse(SourceFile(path: "cut.xs", bytes: Array(source[..<end])))
                #expect(!constructs.isEmpty || !diagnostics.isEmpty)
            }
        }
    }

    @Test("Bytes changed, moved or repeated at random never stop the parser or lead it out of the file")
    func mutations() throws {
        let sources = try Self.sources()
        var random = Random(state: 20_260_417)
        for _ in 0..<1_000 {
            let bytes = mutated(sources, &random)
            let file = SourceFile(path: "mutated.xs", bytes: bytes)
            for diagnostic in Parser.parse(file).diagnostics {
                #expect(diagnostic.range.start >= 0 && diagnostic.range.start <= diagnostic.range.end)
                #expect(diagnostic.range.start <= bytes.count)
                #expect(!diagnostic.render().isEmpty)
            }
        }
    }

    private func mutated(_ sources: [[UInt8]], _ random: inout Random) -> [UInt8] {
        var bytes = sources[random.below(sources.count)]
        for _ in 0...random.below(8) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            let length = min(random.below(40), bytes.count - place)
            switch random.below(5) {
            case 0: bytes[place] = UInt8(random.below(256))
            case 1: bytes.removeSubrange(place..<place + length)
            case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: random.below(bytes.count))
            case 3: bytes.insert(Self.marks[random.below(Self.marks.count)], at: place)
            default:
                let other = sources[random.below(sources.count)]
                let from = random.below(other.count)
                bytes.insert(contentsOf: other[from..<min(other.count, from + length)], at: place)
            }
        }
        return bytes
    }

    private static let marks = Array("{}[]()\"'`|:!$.,=?~-+/\\\n#@".utf8)

    @Test(
        "What could take long takes time in proportion to its length",
        arguments: [
            "{", "(", "[", "}", ")", "]", "\"\\\"\n", "'\\'\n", "`", "```", "\"\"\"\n", "//\n", "!", "$", "$$", "|",
            ".", "=",
            "a ", "a {", "a { b", "a = ", "stack {", "if (", "text a filters=", "text a {", "object a { schema {", "[[",
            "{a:",
            "else if ", "!a ", "a.", "query \"a\" verb=GET {", "\u{FF}", "é", "\"x\"", "-", "1 ", "1.", "$a.b[", "as ",
        ])
    func repeated(piece: String) {
        let prefixes = ["", "function \"f\" { stack { ", "function \"f\" { input { ", "function \"f\" { response = "]
        for prefix in prefixes {
            let text = prefix + String(repeating: piece, count: 2_000)
            let before = Self.processorSeconds()
            _ = Parser.parse(text)
            #expect(Self.processorSeconds() - before < 1, "\(prefix)\(piece)")
        }
    }

    /// Of this thread, so that other tests at the same time do not count.
    private static func processorSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The same numbers in each run (SplitMix64).
private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        return bound > 0 ? Int(value % UInt64(bound)) : 0
    }
}
