/// Finds the known name that a misspelt one most likely stands for.
enum NearestName {
    /// `did you mean …?`, or nil if no known name is near.
    static func hint(_ name: String, among known: [String]) -> String? {
        nearest(name, among: known).map { "did you mean \($0)?" }
    }

    static func nearest(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let bound = max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in known {
            let distance = distance(wanted, Array(candidate.utf8))
            if distance <= bound, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Number of bytes to insert, remove or change (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (byte == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
