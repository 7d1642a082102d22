import Values

extension NearestName {
    /// `did you mean …?`, or nil if no known name is near.
    static func hint(_ name: String, among known: [String]) -> String? {
        of(name, among: known).map { "did you mean \($0)?" }
    }
}
