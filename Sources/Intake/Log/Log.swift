import Glibc
import Synchronization

/// Where Postern says what happened: lines on standard error, which the service manager or the web server keeps.
///
/// Of one subject at most so many lines a second are written; how many were left out is said with the next one.
package final class Log: Sendable {
    private struct Subject {
        var second: Int64 = 0
        var lines = 0
        var leftOut = 0
    }

    /// Lines a second of one subject.
    private let bound: Int
    private let subjects = Mutex<[String: Subject]>([:])
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one finished line without its end.
    package init(linesPerSecond bound: Int = 10, write: @escaping @Sendable (String) -> Void = Log.standardError) {
        self.bound = bound
        self.write = write
    }

    /// Writes one line.
    ///
    /// - Parameters:
    ///   - subject: what the bound counts for, usually a location.
    ///   - message: any text; control characters are escaped.
    ///   - seconds: the time now.
    package func line(_ subject: String, _ message: String, at seconds: Int64 = Log.now()) {
        let leftOut: Int? = subjects.withLock { subjects in
            if subjects.count > 4096 { subjects.removeAll() }
            var entry = subjects[subject, default: Subject()]
            defer { subjects[subject] = entry }
            if entry.second != seconds {
                let leftOut = entry.leftOut
                entry = Subject(second: seconds, lines: 1)
                return leftOut
            }
            guard entry.lines < bound else {
                entry.leftOut += 1
                return nil
            }
            entry.lines += 1
            return 0
        }
        guard let leftOut else { return }
        if leftOut > 0 { write("postern: \(Self.escaped(subject)): \(leftOut) lines left out") }
        write("postern: \(Self.escaped(subject)): \(Self.escaped(message))")
    }

    /// Writes a line of which there are few by themselves, and that requests of strangers must not crowd out.
    package func rareLine(_ subject: String, _ message: String) {
        write("postern: \(Self.escaped(subject)): \(Self.escaped(message))")
    }

    /// Text from outside, fit for one line of a log or a terminal.
    package static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a terminal might obey it, or show what follows in another order.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Unix time in seconds.
    package static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }

    @Sendable package static func standardError(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // One call for a line, so that lines of several threads or processes do not mix.
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
