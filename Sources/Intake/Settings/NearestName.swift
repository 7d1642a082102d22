/// Finds the known name that a misspelt one most likely stands for.
package enum NearestName {
    /// The nearest of `known` by edit distance, or nil if none is near.
    package static func of(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        let bound = max(1, wanted.count / 3)
        return known.map { ($0, distance(wanted, Array($0.utf8))) }
            .filter { $0.1 <= bound }
            .min { $0.1 < $1.1 }?.0
    }

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
