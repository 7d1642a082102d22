import FunctionStack
import Inbox
import Outbound

// Settings that bound what runs.
extension SettingReader {
    /// `POSTERN_MAX_STEPS` and the like.
    func runLimits() throws(SettingError) -> RunLimits {
        var limits = RunLimits()
        if let steps = try number(.maximumSteps, "steps", within: 1_000...100_000_000_000) { limits.steps = Int(steps) }
        if let memory = try size(.maximumMemory) {
            guard memory >= 64 << 10 else {
                throw error(.maximumMemory, "is too small for any stack", remedy: "write at least 64k")
            }
            limits.memory = memory
        }
        // Each call takes its part of the thread's stack.
        if let depth = try number(.maximumDepth, "calls", within: 1...1_000) { limits.depth = Int(depth) }
        // What runs longer would outlive the claim on its event.
        if let seconds = try seconds(.maximumTime, within: 1...600) { limits.milliseconds = seconds * 1_000 }
        return limits
    }

    func number(_ name: SettingName, _ unit: String, within range: ClosedRange<Int64>) throws(SettingError) -> Int64? {
        guard let value = entries[name] else { return nil }
        guard let number = Self.digits(value[...]), range.contains(number) else {
            throw error(
                name, "is not a number of \(unit)", remedy: "write digits only, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func outboundPolicy() throws(SettingError) -> OutboundPolicy {
        guard let value = entries[.outbound] else { return OutboundPolicy() }
        do throws(OutboundPolicyError) {
            return try OutboundPolicy(parsing: value)
        } catch {
            let parts = error.description.split(separator: ";", maxSplits: 1)
            throw self.error(
                .outbound, String(parts.first ?? ""), remedy: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "mend it")
        }
    }

    /// `10 attempts over 3d`
    func retryPolicy() throws(SettingError) -> RetryPolicy? {
        guard let value = entries[.retry] else { return nil }
        let words = value.split(separator: " ")
        guard words.count == 4 && words[2] == "over" || words.count == 2, ["attempt", "attempts"].contains(words[1]),
            let attempts = Self.digits(words[0]), (1...100).contains(attempts),
            let span = words.count == 2 ? 0 : Self.duration(words[3]), (attempts == 1) == (words.count == 2)
        else {
            throw error(
                .retry, "does not say how often and how long",
                remedy: "write 1 attempt, or 10 attempts over 3d: 2 to 100, over at most 90d, in s, m, h or d")
        }
        return RetryPolicy(attempts: Int(attempts), span: span * 1_000)
    }

    /// Seconds of `90s`, `15m`, `12h`, `3d`, at most 90 days.
    private static func duration(_ text: Substring) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = digits(text.dropLast()), number <= 90 * 86_400 else {
            return nil
        }
        let seconds = number * unit
        return (1...90 * 86_400).contains(seconds) ? seconds : nil
    }
}
