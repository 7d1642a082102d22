import Cryptography
internal import Values

/// What the claims of a token have to say, once its signature is proved.
struct TokenClaims: Sendable {
    private let scheme: JWSScheme
    private let origin: String
    private let tolerance: Int64

    /// Seconds by which two clocks may differ, where a token says itself how long it counts.
    static let leeway: Int64 = 60

    init(_ scheme: JWSScheme, origin: String, tolerance: Int64) {
        self.scheme = scheme
        self.origin = origin
        self.tolerance = tolerance
    }

    /// - Parameter time: of receipt, in milliseconds since 1970.
    /// - Returns: the signed timestamp, in milliseconds since 1970.
    /// - Throws: `Refusal` for a claim that is missing or says something else.
    func check(
        _ payload: [UInt8], of request: some SignedRequest, _ carrier: Carrier, at time: Int64
    ) throws(Refusal) -> Int64? {
        guard case .object(let claims)? = try? JSON.parse(payload) else {
            throw Refusal(.malformed(carrier, expected: "a token whose claims are a JSON object"))
        }
        for name in scheme.required where claims[name] == nil || claims[name] == .null {
            throw Refusal(.missingClaim(name.string))
        }
        try check(claims, "iss", among: scheme.issuers)
        try check(claims, "aud", among: scheme.audiences)
        if !scheme.emails.isEmpty {
            try check(claims, "email", among: scheme.emails)
            guard claims["email_verified"] == .boolean(true) else { throw Refusal(.wrongClaim("email_verified")) }
        }
        for claim in scheme.claims { try check(claims, claim.name, among: [claim.value]) }
        try checkDigests(claims, request)
        return try checkTimes(claims, at: time)
    }

    /// A text, or one of several, that is among those wanted; none are wanted where anything will do.
    private func check(_ claims: Object, _ name: Text, among wanted: [Text]) throws(Refusal) {
        guard !wanted.isEmpty else { return }
        let found: [Value]
        switch claims[name] {
        case nil, .null?: throw Refusal(.missingClaim(name.string))
        case .array(let values)? where name == "aud": found = values
        case let value?: found = [value]
        }
        let isThere = found.contains { value in
            if case .text(let text) = value { wanted.contains(text) } else { false }
        }
        guard isThere else { throw Refusal(.wrongClaim(name.string)) }
    }

    private func checkDigests(_ claims: Object, _ request: some SignedRequest) throws(Refusal) {
        // A sender that has no body to sign leaves the claim out.
        if let name = scheme.bodyClaim, !(request.body.isEmpty && claims[name] == nil) {
            guard try isDigest(claims, name, of: request.body) else { throw Refusal(.wrongBodyDigest(.claim(name.string))) }
        }
        if let name = scheme.urlClaim {
            guard try isDigest(claims, name, of: Array(origin.utf8) + request.uri) else {
                throw Refusal(.wrongClaim(name.string))
            }
        }
    }

    private func isDigest(_ claims: Object, _ name: Text, of bytes: [UInt8]) throws(Refusal) -> Bool {
        guard case .text(let text)? = claims[name] else { throw Refusal(.missingClaim(name.string)) }
        guard let claimed = text.withBytes({ scheme.encoding.decode($0) }) else { return false }
        do throws(CryptographyError) {
            return try scheme.digest.digest(of: bytes).withBytes { ConstantTime.areEqual($0, claimed.span) }
        } catch {
            throw Refusal(error)
        }
    }

    private func checkTimes(_ claims: Object, at time: Int64) throws(Refusal) -> Int64? {
        let leeway = min(Self.leeway, tolerance) * 1000
        if let end = try Self.milliseconds(claims, "exp"), time > leeway, time - leeway >= end {
            throw Refusal(.expired(seconds: (time - end) / 1000))
        }
        for name in ["nbf", "iat"] as [Text] where name != scheme.timestampClaim {
            if let start = try Self.milliseconds(claims, name), time < start - leeway {
                throw Refusal(.early(ahead: (start - max(time, 0)) / 1000, tolerance: leeway / 1000))
            }
        }
        guard let name = scheme.timestampClaim else { return nil }
        guard let moment = try Self.milliseconds(claims, name) else { throw Refusal(.missingClaim(name.string)) }
        try ReplayWindow(tolerance: tolerance)
            .check(SignedTimestamp.Moment(milliseconds: moment, isWholeSecond: true), at: time)
        return moment
    }

    /// A time in seconds since 1970, of which a fraction is cut off.
    private static func milliseconds(_ claims: Object, _ name: Text) throws(Refusal) -> Int64? {
        let malformed = Refusal(.malformed(.claim(name.string), expected: "seconds since 1970"))
        switch claims[name] {
        case nil, .null?: return nil
        case .integer(let seconds)?:
            guard (0...maximumSeconds).contains(seconds) else { throw malformed }
            return seconds * 1000
        case .decimal(let seconds)?:
            guard seconds >= 0, seconds <= Double(maximumSeconds) else { throw malformed }
            return Int64(seconds) * 1000
        default: throw malformed
        }
    }

    /// Some day in the year 33658.
    private static let maximumSeconds: Int64 = 999_999_999_999
}
