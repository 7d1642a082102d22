import Inbox
import Values

/// What is kept of a request's headers: all, but of those that carry credentials only that they were there.
enum HeaderRedaction {
    private static let credentials: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token", "x-access-token", "x-gitlab-token",
        "proxy",
    ]
    static let mark: Text = "(redacted)"

    /// Whether a header carries somebody's credentials, whoever they are for.
    static func isCredential(_ name: String) -> Bool { credentials.contains(name) }

    /// A query string without the value of the parameter that brings the token.
    static func redacted(query: Substring, token: String?) -> String {
        guard let token else { return String(query) }
        return query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let name = pair.prefix { $0 != "=" }
            return PercentEncoding.form.decode(Text(String(name))).string == token ? "\(name)=\(mark)" : String(pair)
        }.joined(separator: "&")
    }

    /// - Parameter token: the header in which this location's senders bring their token, in lower case.
    static func redacted(_ headers: [(name: String, value: Text)], token: String?) -> [HeaderField] {
        headers.map { name, value in
            let key = name.lowercased()
            return HeaderField(Text(name), credentials.contains(key) || key == token ? mark : value)
        }
    }
}
