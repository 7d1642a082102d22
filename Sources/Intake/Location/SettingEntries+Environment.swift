import Gateway
import Values

extension SettingEntries {
    /// The settings among a request's parameters. What a client sends arrives as `HTTP_…` and is none.
    ///
    /// - Parameter isProcess: whether the environment is also the process's own, as under CGI: then it may hold a setting
    ///   of the process.
    /// - Throws: `SettingError` for a setting that is unknown, doubled, empty, or came through a rewrite.
    init(_ environment: Environment, isProcess: Bool) throws(SettingError) {
        self.init(style: .parameters)
        var failure: SettingError?
        environment.forEach { name, value in
            guard failure == nil, let relevance = Relevance(name) else { return }
            do throws(SettingError) {
                switch relevance {
                case .setting:
                    let full = Text(name).string
                    if isProcess, full == SettingName.sendmail { return }
                    try add(String(full.dropFirst(SettingName.prefix.utf8.count)), value: Text(value).bytes)
                case .redirected:
                    throw SettingError(
                        Text(name).string, "came through a rewrite, which leaves the settings of an outer location in force",
                        remedy: "set it where no rewrite of .htaccess lies between")
                case .documentRoot: break
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Why a parameter matters to a location.
    enum Relevance {
        case setting, redirected, documentRoot

        init?(_ name: Span<UInt8>) {
            // Nearly all names fail at the first byte.
            switch name.count >= 8 ? name[0] : 0 {
            case UInt8(ascii: "P") where Self.begins(name, with: SettingName.prefix): self = .setting
            case UInt8(ascii: "R") where Self.isRedirectedSetting(name): self = .redirected
            case UInt8(ascii: "D") where name.count == 13 && Self.begins(name, with: "DOCUMENT_ROOT"): self = .documentRoot
            default: return nil
            }
        }

        /// After an `.htaccess` rewrite Apache passes the directory's settings only as `REDIRECT_POSTERN_…`, while an
        /// outer location's stay in force.
        private static func isRedirectedSetting(_ name: Span<UInt8>) -> Bool {
            let redirect = "REDIRECT_"
            var start = 0
            while begins(name.extracting(start..<name.count), with: redirect) { start += redirect.utf8.count }
            return start > 0 && begins(name.extracting(start..<name.count), with: SettingName.prefix)
        }

        private static func begins(_ name: Span<UInt8>, with prefix: String) -> Bool {
            let prefix = prefix.utf8Span.span
            guard name.count >= prefix.count else { return false }
            for index in prefix.indices where name[index] != prefix[index] { return false }
            return true
        }
    }
}

/// All that tells one location from another, as the bytes that the web server sent.
struct LocationKey: Hashable, Sendable {
    private let text: Text

    init(_ environment: Environment) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        environment.forEach { name, value in
            guard SettingEntries.Relevance(name) != nil else { return }
            bytes.append(contentsOf: name)
            bytes.append(0)
            bytes.append(contentsOf: value)
            bytes.append(0)
        }
        text = Text(bytes: bytes)
    }
}

extension [UInt8] {
    fileprivate mutating func append(contentsOf span: Span<UInt8>) {
        for index in span.indices { append(span[index]) }
    }
}
