import Cryptography
import Values

/// Reads single settings out of their entries.
struct SettingReader {
    let entries: SettingEntries

    func error(_ name: SettingName, _ problem: String, remedy: String) -> SettingError {
        SettingError(entries.title(name), problem, remedy: remedy)
    }

    func required(_ name: SettingName, remedy: String) throws(SettingError) -> String {
        guard let value = entries[name] else { throw error(name, "is missing", remedy: remedy) }
        return value
    }

    /// One word out of a few.
    func choice<Choice>(_ name: SettingName) throws(SettingError) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let value = entries[name] else { return nil }
        if let choice = Choice(rawValue: value) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let remedy =
            NearestName.of(value, among: words).map { "did you mean \($0)?" } ?? "write " + words.joined(separator: " or ")
        throw error(name, "is neither of its words", remedy: remedy)
    }

    func path(_ name: SettingName) throws(SettingError) -> String? {
        guard let value = entries[name] else { return nil }
        return try absolute(value, name)
    }

    func requiredPath(_ name: SettingName, remedy: String) throws(SettingError) -> String {
        var path = try absolute(required(name, remedy: remedy), name)
        // `/srv/hooks/` is `/srv/hooks`: one folder, one name.
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private func absolute(_ value: String, _ name: SettingName) throws(SettingError) -> String {
        guard value.hasPrefix("/") else {
            throw error(name, "is not an absolute path", remedy: "begin it with /")
        }
        guard value.last != " ", value.last != "\t" else {
            throw error(name, "ends with a space", remedy: "remove the space; if the name has one, rename the file")
        }
        return value
    }

    func secretSources() throws(SettingError) -> [SecretSource] {
        guard let value = entries[.secret] else { return [] }
        var sources: [SecretSource] = []
        for word in value.split(separator: " ") {
            let source = try source(word, .secret)
            guard !sources.contains(source) else {
                throw error(.secret, "names one source twice", remedy: "leave one of them")
            }
            sources.append(source)
        }
        guard !sources.isEmpty else { throw error(.secret, "names no source", remedy: "write file:/path/to/secret") }
        guard sources.count <= 8 else { throw error(.secret, "names more than 8 sources", remedy: "remove old secrets") }
        return sources
    }

    /// `file:PATH` or `env:NAME`
    ///
    /// - Parameter setting: where it stands, for messages.
    func source(_ word: Substring, _ setting: SettingName) throws(SettingError) -> SecretSource {
        if word.hasPrefix("file:") {
            let path = String(word.dropFirst("file:".count))
            guard path.hasPrefix("/") else {
                throw error(setting, "names a file without its whole path", remedy: "write file:/path/to/secret")
            }
            return .file(path)
        }
        guard word.hasPrefix("env:") else {
            throw error(
                setting, "is neither file: nor env:",
                remedy: "put the secret into a file of its own and write file:/path/to/it; never the secret itself")
        }
        return .environment(try environmentSecret(word.dropFirst("env:".count), setting))
    }

    /// Under CGI the process's environment is also the request's, so no name that a request can fill may hold a secret.
    private func environmentSecret(_ name: Substring, _ setting: SettingName) throws(SettingError) -> String {
        guard EnvironmentVariables.isName(name.utf8) else {
            throw error(setting, "names no variable after env:", remedy: "write env:NAME")
        }
        guard !Self.requestPrefixes.contains(where: { name.hasPrefix($0) }), !Self.requestVariables.contains(String(name)) else {
            throw error(
                setting, "names a variable that a request fills", remedy: "use another name, or a file: file:/path/to/secret")
        }
        return String(name)
    }

    private static let requestPrefixes = [
        "HTTP_", "REDIRECT_", "SSL_", "SERVER_", "REMOTE_", "REQUEST_", "DOCUMENT_", "CONTEXT_", "SCRIPT_", "CONTENT_", "PATH_",
    ]

    /// The meta-variables of CGI/1.1 (RFC 3875, section 4.1) and what nginx and Apache add of the request.
    private static let requestVariables: Set<String> = [
        "AUTH_TYPE", "CONTENT_LENGTH", "CONTENT_TYPE", "GATEWAY_INTERFACE", "PATH_INFO", "PATH_TRANSLATED",
        "QUERY_STRING", "REMOTE_ADDR", "REMOTE_HOST", "REMOTE_IDENT", "REMOTE_USER", "REMOTE_PORT", "REQUEST_METHOD",
        "SCRIPT_NAME", "SCRIPT_FILENAME", "SCRIPT_URI", "SCRIPT_URL", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL",
        "REQUEST_URI", "DOCUMENT_URI", "REQUEST_SCHEME", "CONTEXT_PREFIX", "UNIQUE_ID", "PATH",
    ]

    /// Scheme, host and port, no path.
    func origin() throws(SettingError) -> String? {
        guard let value = entries[.url] else { return nil }
        let remedy = "write the address as the sender sees it, without a path: https://hooks.example.com"
        guard let scheme = ["https://", "http://"].first(where: value.hasPrefix) else {
            throw error(.url, "begins with neither https:// nor http://", remedy: remedy)
        }
        let host = value.dropFirst(scheme.count)
        guard !host.isEmpty, !host.contains("/"), !host.contains("?"), !host.contains("#"), !host.contains("@") else {
            throw error(.url, "is more than scheme, host and port", remedy: remedy)
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw error(.url, "holds characters that no host has", remedy: remedy)
        }
        return value
    }

    func queryName() throws(SettingError) -> LocationSettings.QueryName? {
        guard let value = entries[.query] else { return nil }
        var rest = value[...]
        var verb: String?
        if let colon = rest.firstIndex(of: ":"), Self.verbs.contains(String(rest[..<colon])) {
            verb = String(rest[..<colon])
            rest = rest[rest.index(after: colon)...]
        }
        guard let slash = rest.firstIndex(of: "/"), slash != rest.startIndex, rest.index(after: slash) != rest.endIndex
        else {
            throw error(.query, "is not group/name", remedy: "write the API group's name, a slash, and the query's name")
        }
        return .init(verb: verb, group: String(rest[..<slash]), name: String(rest[rest.index(after: slash)...]))
    }

    private static let verbs: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]

    func locationName() throws(SettingError) -> String? {
        guard let value = entries[.name] else { return nil }
        guard value.utf8.count <= 100, value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw error(.name, "is not one short word", remedy: "use at most 100 letters, digits and signs, no space")
        }
        return value
    }

    /// A digest of what tells locations apart, so that a location keeps its name when nothing about it changed.
    func madeName() throws(SettingError) -> String {
        let parts = [SettingName.verify, .secret, .workspace, .query].map { entries[$0] ?? "" }
        let text = Array(parts.joined(separator: "\n").utf8)
        guard let digest = try? DigestAlgorithm.sha256.digest(of: text) else {
            throw error(.name, "is missing and libcrypto makes no SHA-256 for one", remedy: "give the location a name")
        }
        return digest.withBytes { Hexadecimal.encode($0.extracting(first: 8)) }
    }

    func seconds(_ name: SettingName, within range: ClosedRange<Int64>) throws(SettingError) -> Int64? {
        guard let value = entries[name] else { return nil }
        guard let number = Self.digits(value[...]), range.contains(number) else {
            throw error(
                name, "is not a number of seconds", remedy: "write digits only, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Bytes, with suffix `k` or `m`.
    func size(_ name: SettingName) throws(SettingError) -> Int? {
        guard let value = entries[name] else { return nil }
        let shift = value.hasSuffix("k") ? 10 : value.hasSuffix("m") ? 20 : 0
        guard let number = Self.digits(shift == 0 ? value[...] : value.dropLast()),
            number >= 1, number <= Self.largestBody >> shift
        else {
            throw error(name, "is not a size", remedy: "write digits, perhaps with k or m, at most 1024m")
        }
        return Int(number) << shift
    }

    private static let largestBody: Int64 = 1 << 30

    static func digits(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    func environment() -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in entries.values
        where name.hasPrefix(SettingName.environmentPrefix) && SettingName(rawValue: name) == nil {
            result[String(name.dropFirst(SettingName.environmentPrefix.count))] = value
        }
        return result
    }
}
