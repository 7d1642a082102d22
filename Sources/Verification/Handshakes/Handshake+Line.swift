internal import Cryptography
internal import Values

extension Handshake {
    /// From an entry's line; nil if it is malformed, or would be an oracle.
    package init?(_ line: String) {
        var words = line.split(separator: " ")[...]
        guard let trust = words.popFirst().flatMap({ Trust(rawValue: String($0)) }) else { return nil }
        self.trust = trust
        for word in words where !read(word) { return nil }
        guard isWhole else { return nil }
    }

    /// - Returns: whether the word is known and good.
    private mutating func read(_ word: Substring) -> Bool {
        guard let equals = word.firstIndex(of: "=") else {
            guard ["GET", "HEAD", "OPTIONS"].contains(word), method == "POST" else { return false }
            method = String(word)
            return true
        }
        let (key, value) = (word[..<equals], word[word.index(after: equals)...])
        guard !value.isEmpty else { return false }
        switch key {
        case "no":
            guard let place = Place(value) else { return false }
            conditions.append(.absent(place))
        case "keys": conditions.append(.keys(value.split(separator: ",").map(String.init)))
        case "token": return Self.set(&token, Place(value))
        case "echo": return Self.set(&echo, Place(value))
        case "of":
            guard let characters = ChallengeShape.Characters(rawValue: String(value)) else { return false }
            shape.characters = characters
        case "length": return readLength(value)
        case "as": return Self.set(&form, Form(value))
        case "hmac": return Self.set(&code, Code(value))
        case "hmac-prefix": code?.prefix = String(value)
        case "hmac-as":
            guard let form = Form(value) else { return false }
            code?.form = form
        case "json": json = String(value)
        case "header": return readHeader(value)
        case "status":
            guard let status = ASCIIDigits.value(value.utf8), (200...299).contains(status) else { return false }
            self.status = Int(status)
        default:
            guard let place = Place(key) else { return false }
            conditions.append(.equals(place, String(value)))
        }
        return true
    }

    private mutating func readHeader(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":"), HeaderName.mayBeAnswered(String(text[..<colon])) else { return false }
        headers.append(.init(name: String(text[..<colon]), value: String(text[text.index(after: colon)...])))
        return true
    }

    private mutating func readLength(_ text: Substring) -> Bool {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { ASCIIDigits.value($0.utf8) }
        guard let last = ends.last, let maximum = last, ends.count <= 2, let first = ends.count == 2 ? ends[0] : 1,
            (1...maximum).contains(first), maximum <= 1024
        else { return false }
        shape.length = Int(first)...Int(maximum)
        return true
    }

    private static func set<Part>(_ part: inout Part?, _ value: Part?) -> Bool {
        guard part == nil, let value else { return false }
        part = value
        return true
    }

    /// Whether its parts go together, and it is no oracle.
    private var isWhole: Bool {
        guard form == nil || echo != nil, json == nil || form == nil && code == nil else { return false }
        if code != nil {
            // Nothing that could be an event's body, or a part of what else is signed under the secret.
            guard echo != nil, trust != .enrol, shape.length.upperBound <= 128, shape.characters == .word || shape.characters == .hex
            else { return false }
        }
        switch trust {
        case .enrol: return echo != nil && shape.length.lowerBound >= 16
        case .signed: return token == nil
        // A GET of which nothing is known would open every page.
        case .unsigned: return echo != nil || method == "HEAD" || !conditions.isEmpty
        }
    }
}

extension Handshake.Form {
    init?(_ text: Substring) {
        if text == "text" {
            self = .text
        } else if text.hasPrefix("json:"), text.utf8.count > 5 {
            self = .json(String(text.dropFirst(5)))
        } else if text.hasPrefix("header:"), HeaderName.mayBeAnswered(String(text.dropFirst(7))) {
            self = .header(String(text.dropFirst(7)))
        } else {
            return nil
        }
    }
}

extension Handshake.Code {
    /// `sha256-hex`
    init?(_ text: Substring) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let algorithm = DigestAlgorithm(rawValue: String(parts[0])),
            let encoding = SignatureEncoding(rawValue: String(parts[1]))
        else { return nil }
        self.init(algorithm: algorithm, encoding: encoding)
    }
}
