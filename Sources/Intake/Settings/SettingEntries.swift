import Values

/// The settings of one location as they were written, checked for form but not yet for meaning.
package struct SettingEntries: Sendable, Equatable {
    /// Values by the name without the prefix: `VERIFY`, `ENV_API_KEY`.
    package private(set) var values: [String: String] = [:]
    /// How the person who wrote them calls a setting.
    package let style: Style

    package enum Style: Sendable, Equatable {
        /// Parameters of the web server, `POSTERN_VERIFY`.
        case parameters
        /// Lines of a route file, `verify = …`.
        case routeFile
    }

    package init(style: Style) {
        self.style = style
    }

    package subscript(_ name: SettingName) -> String? { values[name.rawValue] }

    /// What the writer of the settings calls this one.
    package func title(_ name: SettingName) -> String { title(ofRaw: name.rawValue) }

    private func title(ofRaw name: String) -> String {
        switch style {
        case .parameters: SettingName.prefix + name
        case .routeFile: name.lowercased()
        }
    }

    /// Takes one setting.
    ///
    /// - Parameter name: without the prefix, in upper case.
    /// - Throws: `SettingError` for an unknown name, one given twice, an empty value, or one that is no plain text.
    package mutating func add(_ name: String, value: [UInt8]) throws(SettingError) {
        let title = title(ofRaw: Self.printable(name))
        try checkKnown(name, title: title)
        guard values[name] == nil else {
            throw SettingError(title, "is given twice", remedy: "leave one of them, the web server sends both")
        }
        guard !value.isEmpty else {
            throw SettingError(title, "is empty", remedy: "give it a value or leave the line out")
        }
        guard let text = String(validating: value, as: UTF8.self),
            !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
        else {
            throw SettingError(title, "contains control characters or is not UTF-8", remedy: "write plain text")
        }
        values[name] = text
    }

    private func checkKnown(_ name: String, title: String) throws(SettingError) {
        if SettingName.prefix + name == SettingName.sendmail {
            throw SettingError(
                title, "is a setting of the process, not of a location", remedy: "start the server with --sendmail PROGRAM")
        }
        if SettingName(rawValue: name) != nil { return }
        if name.hasPrefix(SettingName.environmentPrefix) {
            let variable = name.utf8.dropFirst(SettingName.environmentPrefix.utf8.count)
            guard EnvironmentVariables.isName(variable) else {
                throw SettingError(
                    title, "has no usable variable name", remedy: "use letters, digits and _, not beginning with a digit")
            }
            return
        }
        let known = SettingName.allCases.map(\.rawValue)
        let remedy =
            NearestName.of(name, among: known).map { "did you mean \(self.title(ofRaw: $0))?" }
            ?? "this version knows " + known.map { self.title(ofRaw: $0) }.joined(separator: ", ")
        throw SettingError(title, "is not a setting", remedy: remedy)
    }

    private static func printable(_ name: String) -> String {
        String(decoding: name.utf8.prefix(80).map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
