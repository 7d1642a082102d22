import Values

/// What a token says, and how long it holds (RFC 7519 section 4.1).
enum TokenClaims {
    /// The claims with `iat`, `nbf` and `exp`, if there is a time to live.
    ///
    /// - Parameters:
    ///   - ttl: seconds; null and 0 for none
    ///   - now: milliseconds
    static func payload(_ claims: Value, ttl: Value, now: Int64, _ user: String) throws -> [UInt8] {
        let seconds = ttl == .null || ttl == "" ? 0 : try ttl.integer(for: "\(user)'s ttl")
        guard seconds != 0 else { return JSON.print(claims) }
        guard (1...maximum).contains(seconds) else {
            throw StackError.mistake("\(user): ttl is seconds, 0 for no end, at most \(maximum)")
        }
        guard case .object(var object) = claims.isEmptyArray ? .object([:]) : claims else {
            throw StackError.mistake("\(user): only an object of claims can have a ttl")
        }
        let second = now / 1000
        object["iat"] = .integer(second)
        object["nbf"] = .integer(second)
        object["exp"] = .integer(second + seconds)
        return JSON.print(.object(object))
    }

    /// The claims of a token that was found to be genuine.
    ///
    /// - Parameters:
    ///   - expected: what each of them has to be, an object; null for nothing
    ///   - drift: seconds by which clocks may differ
    /// - Throws: `StackError` of kind `accessDenied` for a token that has expired, does not hold yet, or is another's.
    static func read(
        _ payload: [UInt8], expected: Value, drift: Value, now: Int64, _ user: String
    ) throws -> Value {
        // What is no JSON is the text that was signed.
        let claims = (try? JSON.parse(payload)) ?? .text(Text(bytes: payload))
        let drift = drift == .null || drift == "" ? 0 : try drift.integer(for: "\(user)'s timeDrift")
        guard (0...maximum).contains(drift) else { throw StackError.mistake("\(user): timeDrift is seconds, not below 0") }
        let second = now / 1000
        if let end = try moment("exp", claims), end <= second - drift { throw refusal("The token is expired") }
        if let start = try moment("nbf", claims), start > second + drift { throw refusal("The token is not valid yet") }
        if expected != .null, expected != "" { try check(claims, expected, user) }
        return claims
    }

    /// Some centuries: sums with it stay far from the end of 64 bits.
    private static let maximum: Int64 = 10_000_000_000

    private static func moment(_ name: Text, _ claims: Value) throws -> Int64? {
        switch claims[name] {
        case .null: return nil
        case .integer(let second): return second
        case .decimal(let second):
            if let whole = Int64(exactly: second.rounded(.down)) { return whole }
        default: break
        }
        throw refusal("The token's \(name) is no time")
    }

    private static func check(_ claims: Value, _ expected: Value, _ user: String) throws {
        guard case .object(let object) = expected.isEmptyArray ? .object([:]) : expected else {
            throw StackError.mistake("\(user): check_claims is an object")
        }
        for (name, value) in object {
            let claim = claims[name]
            if claim == value { continue }
            // A token may be for several (RFC 7519 section 4.1.3).
            if name == "aud", case .array(let audiences) = claim, audiences.contains(value) { continue }
            throw refusal("The token's \(name) is not the one that is wanted")
        }
    }

    static func refusal(_ message: String) -> StackError { StackError(.accessDenied, Text(message)) }
}

extension Value {
    /// `[]`, which stands for an empty object in what Xano exports.
    fileprivate var isEmptyArray: Bool { if case .array(let items) = self { items.isEmpty } else { false } }
}
