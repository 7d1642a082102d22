import Cryptography
internal import Values

/// A signed token (JSON Web Token, RFC 7519) with claims about the request, as data: the word `jws` and these parameters:
///
///     header=NAME            the header that carries the token; or query=NAME, form=NAME, json=/pointer
///     prefix=TEXT            what stands before it: "Bearer "
///     bare=allowed           the prefix may be missing
///     algorithm=ES256        the algorithm that the token has to have, or several with commas between them, of
///                            HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA
///     key=utf8, key-prefix=  how a secret becomes the key of HS256 and its like, as in `HMACScheme`
///     keys=https://HOST/PATH the sender publishes its keys there, as a set of JSON Web Keys
///     body-claim=NAME        the claim that is the body's digest; body=unsigned if there is none
///     url-claim=NAME         the claim that is the digest of the address as the sender sees it
///     claim-digest=sha256    or sha384, sha512
///     claim-encoding=hex     or any other of `SignatureEncoding`
///     iss=TEXT               who has to have issued it; may be repeated, one of them will do
///     audience=TEXT          for whom it has to be; may be repeated
///     email=TEXT             the address, verified by the issuer, of who has to have asked for it; may be repeated
///     claim="NAME: VALUE"    a claim that has to have this value; may be repeated
///     claims=exp,iat         claims that have to be there
///     timestamp-claim=iat    the claim that is the signed timestamp
///
/// `exp`, `nbf` and `iat` are looked at wherever they are there. Which key a token is signed with, it may say by `kid`;
/// whatever else its header says of keys (`jku`, `jwk`, `x5u`, `x5c`) counts for nothing, and one that demands an
/// extension (`crit`) is refused. A secret that is text is a key of HS256 and its like only, and a public key never is.
struct JWSScheme: Sendable, Equatable {
    struct Claim: Sendable, Equatable {
        let name: Text
        let value: Text
    }

    let place: SignaturePlace
    let prefix: [UInt8]
    let mayLackPrefix: Bool
    let algorithms: [JWSAlgorithm]
    let keyRule: KeyRule
    let keySet: KeyAddress?
    let bodyClaim: Text?
    let urlClaim: Text?
    let digest: DigestAlgorithm
    let encoding: SignatureEncoding
    let issuers: [Text]
    let audiences: [Text]
    let emails: [Text]
    let claims: [Claim]
    let required: [Text]
    let timestampClaim: Text?

    private enum Allowance: String, CaseIterable { case allowed }

    init(_ parameters: inout SchemeParameters) throws(SettingProblem) {
        let places = try SignaturePlaces(&parameters)
        prefix = Array((parameters.take("prefix") ?? "").utf8)
        let bare: Allowance? = try parameters.choose("bare")
        mayLackPrefix = bare != nil
        algorithms = try Self.algorithms(&parameters)
        keyRule = KeyRule(encoding: try parameters.choose("key") ?? .utf8, prefixes: parameters.takeAll("key-prefix"))
        keySet = try KeyAddress(&parameters)
        bodyClaim = parameters.take("body-claim").map { Text($0) }
        urlClaim = parameters.take("url-claim").map { Text($0) }
        digest = try Self.digest(&parameters)
        encoding = try parameters.choose("claim-encoding") ?? .hex
        issuers = parameters.takeAll("iss").map { Text($0) }
        audiences = parameters.takeAll("audience").map { Text($0) }
        emails = parameters.takeAll("email").map { Text($0) }
        claims = try Self.claims(&parameters)
        required = (parameters.take("claims") ?? "").split(separator: ",").map { Text(String($0)) }
        timestampClaim = parameters.take("timestamp-claim").map { Text($0) }
        let cover: SignatureForm.BodyCover = try parameters.choose("body") ?? .signed
        try parameters.finish()
        place = places.first
        guard places.places.count == 1 else {
            throw parameters.problem(
                .repeatedParameter, "has several headers for the token", remedy: "the token stands in one: leave that")
        }
        try check(cover, parameters)
    }

    private func check(_ cover: SignatureForm.BodyCover, _ parameters: SchemeParameters) throws(SettingProblem) {
        if mayLackPrefix, prefix.isEmpty {
            throw parameters.problem(
                .missingParameter, "has bare=allowed without prefix=", remedy: "name the prefix that may be missing")
        }
        switch (cover, bodyClaim) {
        case (.signed, nil):
            throw parameters.problem(
                .uncovered, "has no body-claim=, so anybody could change the body",
                remedy: "name the claim that holds its digest; if there really is none, say so with body=unsigned")
        case (.unsigned, _?):
            throw parameters.problem(
                .contradiction, "has body=unsigned, but a claim for the body's digest", remedy: "leave one of them")
        case (.signed, _?), (.unsigned, nil): break
        }
        if bodyClaim != nil, place.readsForm || place.readsJSON {
            throw parameters.problem(
                .contradiction, "has the token in the body whose digest is a claim of it",
                remedy: "a token that holds the body's digest stands in a header or in the query")
        }
        if keySet != nil, algorithms.contains(where: \.isSecret) {
            throw parameters.problem(
                .contradiction, "has keys= beside an algorithm whose key is a secret",
                remedy: "a secret is not published: leave out keys=, or HS256 and its like")
        }
        if keyRule.encoding == .base64IfPrefixed, keyRule.prefixes.isEmpty {
            throw parameters.problem(
                .missingParameter, "has key=base64-if-prefixed without key-prefix=", remedy: "add key-prefix=whsec_")
        }
    }
}

extension JWSScheme {
    private static func algorithms(_ parameters: inout SchemeParameters) throws(SettingProblem) -> [JWSAlgorithm] {
        guard let text = parameters.take("algorithm") else {
            throw parameters.problem(
                .missingParameter, "lacks algorithm= after \(parameters.owner)",
                remedy: "name the algorithm that the sender signs with: the token must not choose")
        }
        var algorithms: [JWSAlgorithm] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let algorithm = JWSAlgorithm(rawValue: String(name)) else {
                throw parameters.problem(
                    .badValue, "has algorithm= with one that is not known",
                    remedy: "write one of " + JWSAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))
            }
            algorithms.append(algorithm)
        }
        return algorithms
    }

    private static func digest(_ parameters: inout SchemeParameters) throws(SettingProblem) -> DigestAlgorithm {
        guard let name = parameters.take("claim-digest") else { return .sha256 }
        switch name {
        case "sha256": return .sha256
        case "sha384": return .sha384
        case "sha512": return .sha512
        default:
            throw parameters.problem(
                .badValue, "has claim-digest= with one that is not known", remedy: "write sha256, sha384 or sha512")
        }
    }

    private static func claims(_ parameters: inout SchemeParameters) throws(SettingProblem) -> [Claim] {
        var claims: [Claim] = []
        for text in parameters.takeAll("claim") {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            guard !value.isEmpty, !parts[0].isEmpty else {
                throw parameters.problem(
                    .badValue, "has claim= that is no claim with its value", remedy: "write claim=\"api_key: a1b2c3\"")
            }
            claims.append(Claim(name: Text(String(parts[0])), value: Text(String(value))))
        }
        return claims
    }

    /// Whether a token that was recorded is refused some time later.
    var hasWindow: Bool { timestampClaim != nil || required.contains("exp") }
}

extension JWSAlgorithm {
    /// Whether the key is a secret that both sides have.
    var isSecret: Bool { self == .hs256 || self == .hs384 || self == .hs512 }
}
