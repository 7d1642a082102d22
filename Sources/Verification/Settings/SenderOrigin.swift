/// `POSTERN_URL`: scheme, host and port of the address as the sender sees it. `Host` would be the client's to forge.
struct SenderOrigin: Sendable, Equatable {
    /// As written: `https://hooks.example.com:8443`.
    let text: String
    /// The text without the port, if that is the scheme's own; with it, if none was written. Twilio signs either.
    let alternative: String?

    init(_ text: String) throws(SettingProblem) {
        let remedy = "write scheme, host and port as the sender calls them, without a path: https://hooks.example.com"
        guard let mark = ["https://", "http://"].first(where: text.hasPrefix) else {
            throw SettingProblem(.url, .malformed, "begins with neither https:// nor http://", remedy: remedy)
        }
        let authority = text.dropFirst(mark.count)
        guard authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !authority.utf8.contains(where: { "/?#@\\\"<>".utf8.contains($0) })
        else {
            throw SettingProblem(.url, .malformed, "holds more than scheme, host and port", remedy: remedy)
        }
        guard let (host, port) = Self.split(authority) else {
            throw SettingProblem(
                .url, .malformed, "has no host, or a port that is no number up to 65535", remedy: remedy)
        }
        self.text = text
        let own = mark == "https://" ? 443 : 80
        alternative =
            switch port {
            case nil: "\(mark)\(host):\(own)"
            case own: "\(mark)\(host)"
            default: nil
            }
    }

    /// Host and port; nil if the host is empty or the port is none.
    private static func split(_ authority: Substring) -> (host: Substring, port: Int?)? {
        var host = authority
        var port: Int?
        // The colons of an IPv6 address stand in brackets.
        let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[afterBracket...].lastIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), let number = ASCIIDigits.value(digits.utf8),
                (1...65535).contains(number)
            else { return nil }
            port = Int(number)
            host = authority[..<colon]
        }
        let isAddress = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 2
        guard !host.isEmpty, isAddress || !host.contains(":") && !host.contains("[") && !host.contains("]") else {
            return nil
        }
        return (host, port)
    }
}
