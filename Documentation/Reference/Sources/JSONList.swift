import Values

/// The elements of a list in JSON, each as JSON.
enum JSONList {
    static func elements(_ text: String) throws -> [String] {
        guard case .array(let items) = try JSON.parse(Text(text)) else { return [] }
        return items.map { JSON.text($0).string }
    }
}
