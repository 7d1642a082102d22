import Testing
import Values

@testable import FunctionStack

/// Valid templates, patterns and phrases, changed at random: they are read or refused, never worse.
@Suite("Robustness against changed templates, patterns and phrases")
struct TemplateRobustnessTests {
    /// The same numbers in every run.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    static func changed(_ input: String, _ random: inout Numbers, _ words: [String]) -> Text {
        var bytes = Array(input.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            let length = Int.random(in: 0...min(6, bytes.count - index), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where index < bytes.count: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.removeSubrange(index..<index + length)
            case 2: bytes.insert(contentsOf: Array(bytes[index..<index + length]), at: index)
            default: bytes.insert(contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: index)
            }
        }
        return Text(bytes: bytes)
    }

    @Test("Templates render or fail with their line")
    func templates() {
        var random = Numbers(state: 1)
        let sources = [
            "{% for k, v in $user if v %}{{ loop.index }}{{ k|upper ~ '-' }}{% else %}x{% endfor %}",
            "{% set x = {a: [1, 2.5], 'b': -3} %}{% if x.a[0] > 1 and not x.b %}A{% elseif x is defined %}{{ x|json_encode }}{% endif %}",
            "{{- $name|replace({'A': 'b'})|slice(0, 2)|default('x') -}}{# c #}{% apply lower %}X{% endapply %}{{ 1..3|join(',') }}",
        ]
        let words = ["{{", "}}", "{%", "%}", "|", "(", ")", "'", "..", "in", " not ", "is", "~", "-", "endfor", "9223372036854775807", "**", "0"]
        var rendered = 0
        for round in 0..<1_500 {
            let source = Self.changed(sources[round % sources.count], &random, words)
            do {
                let context = TemplateTests.context(maximumSteps: 20_000, maximumBytes: 1 << 20)
                _ = try Template(source).render(context: context) { name in TemplateTests.data[name] }
                rendered += 1
            } catch let error as StackError {
                if case .bound = error.kind { continue }
                #expect(error.message.hasPrefix("Template, line "), "\(error.message)")
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(rendered > 100)
    }

    @Test("Patterns match or fail with a reason, in bounded time")
    func patterns() {
        var random = Numbers(state: 2)
        let sources = [#"/^(?<a>\w+)@(\d{2,3}|[a-z]*?)+\.com$/iu"#, #"~(a|b)*c\b(?=x)(?!y)~m"#]
        let words = ["(", ")", "*", "+", "{1000}", "(?R)", "\\1", "[^", "]", "|", "(*UTF)", "\\K", "\\C", "(?#", "\u{e9}"]
        for round in 0..<1_000 {
            let source = Self.changed(sources[round % sources.count], &random, words)
            do {
                let expression = try RegularExpression(source)
                try expression.forEachMatch(in: "ab@12.com abc aaaaaaaaaaaaaaaaaaaaaaaab", budget: Budget(maximumSteps: 100_000)) { match in
                    match.ranges.allSatisfy { $0.map { $0.upperBound <= 39 } ?? true }
                }
            } catch let error as StackError {
                #expect(!error.message.isEmpty)
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    @Test("Phrases mean a time within the range, or none")
    func phrases() {
        var random = Numbers(state: 3)
        let sources = ["2024-02-29T12:30:45.678+02:00", "last day of next month noon", "+1 week 2 days ago", "Thu, 29 Feb 2024 4:05pm EST", "@1700000000"]
        let words = ["-", "+", ":", "9999999999999", " years", "first ", "monday ", "of ", "T", "@", "12", "weekdays", "Europe/Berlin"]
        for round in 0..<2_000 {
            let text = Self.changed(sources[round % sources.count], &random, words)
            guard let time = Timestamp.parse(text, now: 1_709_209_845_678) else { continue }
            #expect(Timestamp.range.contains(time))
            _ = DateFormat.text(time, format: "c D d M Y H:i:s e T P z W o", zone: .utc)
        }
    }
}
