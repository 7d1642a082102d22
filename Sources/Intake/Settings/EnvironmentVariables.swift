/// What `$env.NAME` gives in a stack: the location's own variables and nothing else of any environment.
package enum EnvironmentVariables {
    /// A variable's name: letters, digits and `_`, not beginning with a digit.
    package static func isName(_ name: some Collection<UInt8>) -> Bool {
        guard let first = name.first, name.count <= 128, !(0x30...0x39).contains(first) else { return false }
        return name.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// Reads the lines `NAME=value` of an environment file. Empty lines and lines that begin with `#` count for
    /// nothing; a value is all that follows the first `=`.
    ///
    /// - Throws: `SettingError` that names the line, never its value.
    package static func parse(_ bytes: [UInt8], setting: String) throws(SettingError) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for (index, raw) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")), isName(line[..<equals]) else {
                throw SettingError(setting, "line \(index + 1) is not NAME=value", remedy: "mend that line")
            }
            let name = String(decoding: line[..<equals], as: UTF8.self)
            guard result.updateValue(Array(line[(equals + 1)...]), forKey: name) == nil else {
                throw SettingError(
                    setting, "line \(index + 1) gives \(name) a second time", remedy: "leave one of the two lines")
            }
        }
        return result
    }
}
