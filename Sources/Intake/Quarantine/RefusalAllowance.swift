/// How many refused requests are taken on their way to the quarantine: a few of each peer and each location a second, so
/// that a flood costs a look each and nothing more.
struct RefusalAllowance {
    private struct Bucket {
        /// Thousandths of a request.
        var rest: Int64
        var at: Int64
    }

    private var buckets: [String: Bucket] = [:]

    /// Requests at once, and thousandths of one that are added each millisecond.
    private static let ofLocation: (burst: Int64, rate: Int64) = (20, 5)
    private static let ofPeer: (burst: Int64, rate: Int64) = (10, 1)
    /// Peers and locations that are remembered.
    private static let maximumCount = 2048

    /// Whether one more of them may come.
    ///
    /// - Parameter now: by the clock that never jumps, in milliseconds.
    mutating func take(location: String, peer: String, at now: Int64) -> Bool {
        if buckets.count >= Self.maximumCount { buckets.removeAll() }
        // The location's is looked at first and taken from last: what a peer may not send takes nothing from the others.
        let own = "\(location) \(peer)"
        guard rest(of: location, Self.ofLocation, at: now) >= 1_000, rest(of: own, Self.ofPeer, at: now) >= 1_000 else { return false }
        buckets[location]?.rest -= 1_000
        buckets[own]?.rest -= 1_000
        return true
    }

    private mutating func rest(of key: String, _ bound: (burst: Int64, rate: Int64), at now: Int64) -> Int64 {
        let before = buckets[key] ?? Bucket(rest: bound.burst * 1_000, at: now)
        let added = min(max(0, now - before.at), bound.burst * 1_000) * bound.rate
        let bucket = Bucket(rest: min(bound.burst * 1_000, before.rest + added), at: now)
        buckets[key] = bucket
        return bucket.rest
    }
}
