/// Words of a setting as messages show them.
enum Printable {
    /// The word in quotes if it looks like a name: small letters, hyphens, a few digits. Anything else may be a
    /// secret in the wrong place, and is only called `otherwise`.
    static func name(_ word: String, otherwise: String) -> String {
        let digits = word.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isName = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        return isName && !word.isEmpty && word.utf8.count <= 24 && digits <= 4 ? "\"\(word)\"" : otherwise
    }
}
