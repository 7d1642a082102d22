import Values

/// A location's settings as the database keeps them for a worker that never sees the location's requests: sources
/// of secrets, never secrets.
enum SavedSettings {
    static func text(_ settings: LocationSettings) -> String {
        var object = Object()
        for (name, value) in settings.entries.values.sorted(by: { $0.key < $1.key }) {
            object[Text(name)] = .text(value)
        }
        return JSON.text(.object(object)).string
    }

    /// - Throws: `SettingError` if what is kept is no longer understood by this version.
    static func entries(_ text: String, location: String) throws(SettingError) -> SettingEntries {
        guard case .object(let object)? = try? JSON.parse(Array(text.utf8)) else {
            throw SettingError(
                "settings of \(location)", "cannot be read from the database", remedy: "send the location one request")
        }
        var entries = SettingEntries(style: .parameters)
        for (name, value) in object {
            guard case .text(let value) = value else { continue }
            try entries.add(name.string, value: value.bytes)
        }
        return entries
    }
}
