import Intake
import Synchronization
import Testing

@Suite("The log")
struct LogTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    @Test("takes so many lines a second of one subject and counts the rest")
    func bound() {
        let lines = Lines()
        let log = Log(linesPerSecond: 2) { line in lines.all.withLock { $0.append(line) } }
        for number in 1...5 { log.line("a", "line \(number)", at: 100) }
        log.line("b", "other", at: 100)
        log.line("a", "later", at: 101)
        #expect(lines.all.withLock { $0 } == [
            "postern: a: line 1", "postern: a: line 2", "postern: b: other", "postern: a: 3 lines left out", "postern: a: later",
        ])
    }

    @Test("has room for what is rare, however much there is of the rest")
    func rare() {
        let lines = Lines()
        let log = Log(linesPerSecond: 1) { line in lines.all.withLock { $0.append(line) } }
        for number in 1...3 { log.line("a", "line \(number)", at: 100) }
        log.rareLine("a", "closed\n")
        #expect(lines.all.withLock { $0 } == ["postern: a: line 1", "postern: a: closed\\u{a}"])
    }

    @Test("stays on its line whatever a sender writes", arguments: [
        ("a\nb", "a\\u{a}b"), ("\u{1B}[31m", "\\u{1b}[31m"), ("\u{202E}x", "\\u{202e}x"), ("Zoë 100 %", "Zoë 100 %"),
    ])
    func escapes(text: String, shown: String) {
        #expect(Log.escaped(text) == shown)
    }
}
