/// How many letters must be added, removed, replaced or swapped to make one name of another.
enum EditDistance {
    /// - Returns: the distance (optimal string alignment), or nil if it is greater than the bound.
    static func between(_ left: String, _ right: String, atMost bound: Int) -> Int? {
        let left = Array(left.lowercased().utf8)
        let right = Array(right.lowercased().utf8)
        guard abs(left.count - right.count) <= bound else { return nil }
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [i + 1]
            current.reserveCapacity(right.count + 1)
            for j in right.indices {
                var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforePrevious[j - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        guard let distance = previous.last, distance <= bound else { return nil }
        return distance
    }
}
