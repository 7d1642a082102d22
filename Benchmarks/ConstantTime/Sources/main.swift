import Glibc

// Whether a comparison's time tells where an offered value differs from the right one: constant-time [SAMPLES], so many for
// each class of values. Ends with 1 if it does not find out the control, which does tell.

/// From here on a difference is certain, as dudect has it; from 5 on it is worth a longer look.
let (certain, suspicious) = (10.0, 5.0)
let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 40_000

func nanoseconds() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC_RAW, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Samples of all classes in random order, so that whatever else goes on in the machine meets all alike.
func measure<Subject: Comparison>(_ subject: Subject) -> [Samples] {
    let classes = Difference.allCases
    var samples = [Samples](repeating: Samples(), count: classes.count)
    var accepted = 0
    for round in 0..<count * classes.count {
        let index = Int.random(in: classes.indices)
        // Made anew each time, so that no class has a place in memory of its own.
        let value = classes[index].apply(to: subject.right)
        let start = nanoseconds()
        for _ in 0..<Subject.batch where subject.accepts(value) { accepted += 1 }
        let time = nanoseconds() - start
        // The first ones find caches and branches cold.
        if round > count / 10 { samples[index].append(time) }
    }
    guard accepted == 0, subject.accepts(subject.right) else {
        print("\(Subject.name) compares wrongly")
        exit(2)
    }
    return samples
}

/// Whether a judged class differs for certain, in all of several rounds with other secrets.
func report<Subject: Comparison>(_ type: Subject.Type) throws -> Bool {
    let classes = Difference.allCases
    var values = [[Double]](repeating: [], count: classes.count)
    var medians = [Double](repeating: 0, count: classes.count)
    for seed in [1, 2, 3] as [UInt8] {
        let samples = measure(try Subject(seed: seed))
        // Above, interruptions are most of what is measured.
        let bound = samples[0].percentile(0.9)
        let reference = samples[0].cropped(above: bound)
        for index in classes.indices {
            values[index].append(Samples.welch(samples[index].cropped(above: bound), reference))
            medians[index] += samples[index].median / Double(3 * Subject.batch)
        }
    }
    print("\n\(Subject.name)")
    var differs = false
    for (index, difference) in classes.enumerated() {
        let smallest = values[index].map(abs).min() ?? 0
        let isJudged = difference != .longer
        let verdict =
            index == 0 ? "what the others are compared with"
            : !isJudged ? "not judged"
            : smallest >= certain ? "DIFFERS" : smallest >= suspicious ? "perhaps" : "no difference"
        if index > 0, isJudged, smallest >= certain { differs = true }
        let texts = values[index].map { fixed($0, width: 8) }.joined()
        print("  \(padded(difference.rawValue, 28)) \(fixed(medians[index], width: 9)) ns   t = \(texts)   \(verdict)")
    }
    return differs
}

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

func fixed(_ value: Double, width: Int) -> String {
    let scaled = Int((value * 10).rounded())
    let text = "\(scaled < 0 ? "-" : "")\(abs(scaled) / 10).\(abs(scaled) % 10)"
    return String(repeating: " ", count: max(0, width - text.count)) + text
}

let found = [try report(LeakyComparison.self), try report(LeakyVerification.self)]
_ = try report(PlainComparison.self)
_ = try report(SignatureComparison.self)
_ = try report(TokenComparison.self)
guard found == [true, true] else {
    print("\nThe control was not found out: nothing can be concluded. Try more samples, on a machine that does nothing else.")
    exit(1)
}
