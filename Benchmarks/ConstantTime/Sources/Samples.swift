/// Times of one class of inputs, and how sure it is that two classes differ.
struct Samples {
    private(set) var times: [Double] = []

    mutating func append(_ time: Int) { times.append(Double(time)) }

    var median: Double {
        let sorted = times.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// The time below which that share of the samples lies.
    func percentile(_ share: Double) -> Double {
        let sorted = times.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// Without the samples above a bound, which interruptions have made slow.
    func cropped(above bound: Double) -> Samples {
        var samples = Samples()
        samples.times = times.filter { $0 <= bound }
        return samples
    }

    private var mean: Double { times.reduce(0, +) / Double(times.count) }

    private var variance: Double {
        let mean = mean
        return times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, times.count - 1))
    }

    /// Welch's t: the difference of both means, by what chance alone would make of it.
    static func welch(_ left: Samples, _ right: Samples) -> Double {
        guard left.times.count > 1, right.times.count > 1 else { return 0 }
        let spread = left.variance / Double(left.times.count) + right.variance / Double(right.times.count)
        return spread > 0 ? (left.mean - right.mean) / spread.squareRoot() : 0
    }
}
