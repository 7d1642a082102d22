extension String {
    /// The name with the letters A to Z lowered: names that SQLite cannot tell apart become equal.
    var asciiLowercased: String {
        String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

/// The remedy for a name that does not exist: the one that was meant, if one is near enough.
func nearest(to name: String, among names: [String]) -> String? {
    let name = name.asciiLowercased
    let bound = max(1, name.utf8.count / 3)
    let distances = names.map { (name: $0, distance: distance(name, $0.asciiLowercased)) }
    guard let best = distances.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }), best.distance <= bound
    else { return nil }
    return "did you mean \"\(best.name)\"?"
}

/// Levenshtein's distance in bytes.
private func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var previous = Array(0...right.count)
    for (row, byte) in left.utf8.enumerated() {
        var current = [row + 1]
        for column in right.indices {
            let replaced = previous[column] + (right[column] == byte ? 0 : 1)
            current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
