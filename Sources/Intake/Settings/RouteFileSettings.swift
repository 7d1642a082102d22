import Gateway

/// The lines of a `#!` route file: `key = value`, the keys being the settings' names in lower case.
///
/// Empty lines and lines that begin with `#` (the first one does) count for nothing. Of the value the spaces around
/// it are no part.
package enum RouteFileSettings {
    /// The settings of the route file through which this process was started; nil if it was not.
    package static func ofProcess(_ rules: FileRules) -> Result<SettingEntries, SettingError>? {
        do {
            guard let file = try RouteFile.ofProcess() else { return nil }
            _ = try rules.check(file.path, outside: nil)
            return .success(try parse(file.contents))
        } catch let error as SettingError {
            return .failure(error)
        } catch let error as FileRules.Violation {
            return .failure(SettingError("route file", error.problem, remedy: error.remedy))
        } catch {
            return .failure(SettingError("route file", "\(error)", remedy: "mend it"))
        }
    }

    /// - Throws: `SettingError` that names the line.
    package static func parse(_ bytes: [UInt8]) throws(SettingError) -> SettingEntries {
        var entries = SettingEntries(style: .routeFile)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = trimmed(line)
            if text.isEmpty || text.first == UInt8(ascii: "#") { continue }
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
                throw SettingError("line \(index + 1)", "is not key = value", remedy: "mend that line of the route file")
            }
            let key = trimmed(text[..<equals])
            // An environment variable keeps its letter case: `env_API_KEY`.
            guard let name = settingName(key) else {
                throw SettingError(
                    "line \(index + 1)", "has no key that a setting could have",
                    remedy: "write the setting's name in lower case, without \(SettingName.prefix)")
            }
            try entries.add(name, value: Array(trimmed(text[(equals + 1)...])))
        }
        return entries
    }

    private static func settingName(_ key: ArraySlice<UInt8>) -> String? {
        guard let key = String(validating: key, as: UTF8.self), EnvironmentVariables.isName(key.utf8) else { return nil }
        if key.hasPrefix("env_"), key != "env_file" { return SettingName.environmentPrefix + key.dropFirst(4) }
        return key == key.lowercased() ? key.uppercased() : nil
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return bytes[first...last]
    }
}
