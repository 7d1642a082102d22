import Values
import XanoScript

extension String {
    /// The name with the letters A to Z lowered: names that SQLite cannot tell apart become equal.
    var asciiLowercased: String {
        String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

/// The remedy for a name that does not exist: the one that was meant, if one is near enough.
func nearest(to name: String, among names: [String]) -> String? {
    NearestName.of(name, among: names).map { "did you mean \"\($0)\"?" }
}
