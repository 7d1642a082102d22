internal import Cryptography
package import Values

/// Why a request was not verified: for the operator's log and `postern verify`. The sender sees only 401.
///
/// It holds nothing of a secret, no expected signature, and nothing of the request but its numbers.
package struct Refusal: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        case missing(Carrier)
        case empty(Carrier)
        case repeated(Carrier, count: Int)
        /// Longer than so many bytes.
        case tooLong(Carrier, limit: Int)
        case tooMany(Carrier, what: String, limit: Int)
        case malformed(Carrier, expected: String)
        /// None of the signatures is that of the signed bytes under any of the secrets.
        case wrongSignature(signatures: Int, secrets: Int)
        /// The token or the credentials are not those of any of the secrets.
        case wrongToken(Carrier, secrets: Int)
        /// The signed timestamp lies further back than the tolerance; both in seconds.
        case stale(age: Int64, tolerance: Int64)
        /// The signed timestamp lies further ahead than the tolerance; both in seconds.
        case early(ahead: Int64, tolerance: Int64)
        /// There is a body that the signature does not cover.
        case uncoveredBody(remedy: String)
        /// The body is not the one whose digest is signed.
        case wrongBodyDigest(Carrier)
        /// It is the sender's question with the text of `verify-token=`, and no such text is configured.
        case noVerifyToken(Carrier)
        /// The secret has not arrived yet.
        case notEnrolled
        /// The sender hands a secret over, and nobody waits for one.
        case noEnrolment
        /// A token lacks a claim that it has to have.
        case missingClaim(String)
        /// It is for somebody else, or from somebody else: this claim, or member, says so.
        case wrongClaim(String)
        /// The token says that it counts no longer.
        case expired(seconds: Int64)
        /// None of the keys is the one that the request names.
        case unknownKey(Carrier)
        /// The sender's keys are not known, and are fetched from there just now.
        case keysUnderWay(String)
        /// The sender's key is not known, and requests have named too many others for it to be fetched now.
        case tooManyKeys(String)
        /// The sender's keys are not known, and nobody fetches them.
        case noKeys(String)
        /// The certificate that the sender publishes is not to be believed.
        case certificate(String)
        /// The web server does not say who calls, or not in a way that can be understood.
        case unknownPeer(PeerAddress)
        /// The request comes from none of the addresses of `ip=`.
        case strangePeer(IPAddress)
        /// libcrypto failed.
        case library(String)
    }

    package let reason: Reason

    package init(_ reason: Reason) {
        self.reason = reason
    }

    /// Which check failed and why, in one sentence without a full stop.
    package var sentence: String {
        switch reason {
        case .missing(let carrier): "\(carrier) is missing"
        case .empty(let carrier): "\(carrier) is empty"
        case .repeated(let carrier, let count): "\(carrier) came \(count) times, so nobody can tell which one counts"
        case .tooLong(let carrier, let limit): "\(carrier) is longer than \(limit) bytes"
        case .tooMany(let carrier, let what, let limit): "\(carrier) has more than \(limit) \(what)"
        case .malformed(let carrier, let expected): "\(carrier) does not have the form expected: \(expected)"
        case .wrongSignature(let signatures, let secrets): Self.mismatch(signatures, secrets)
        case .wrongToken(let carrier, let secrets):
            secrets == 1 ? "\(carrier) does not hold the secret" : "\(carrier) holds none of the \(secrets) secrets"
        case .stale(let age, let tolerance):
            "the signature is right, but its timestamp is \(age) s old and the tolerance is \(tolerance) s: "
                + "a replay, or a clock that is wrong"
        case .early(let ahead, let tolerance):
            "the signature is right, but its timestamp is \(ahead) s ahead and the tolerance is \(tolerance) s: "
                + "check both clocks"
        case .uncoveredBody(let remedy): "the body is not covered by the signature: \(remedy)"
        case .wrongBodyDigest(let carrier): "the body is not the one whose digest stands in \(carrier)"
        case .noVerifyToken(let carrier):
            "it is the sender's question whether the address is right, but nothing says what \(carrier) has to be: "
                + "add verify-token=file:/path/to/it after the sender's name in POSTERN_VERIFY"
        case .notEnrolled:
            "there is no secret yet, and this is not the handshake that brings it: postern events enroll waits for one"
        case .noEnrolment:
            "the sender hands a secret over, but nobody waits for it: run postern events enroll, and let the sender try again"
        case .missingClaim(let name): "claim \(name) of the token is missing"
        case .wrongClaim(let name):
            "the signature is right or was not looked at, but \(name) is none of those that the location names: it is "
                + "meant for somebody else"
        case .expired(let seconds): "the signature is right, but the token expired \(seconds) s ago"
        case .unknownKey(let carrier): "\(carrier) names a key that is none of the sender's, or no key fits its algorithm"
        case .keysUnderWay(let place): "the sender's key is not known yet, and is being fetched from \(place)"
        case .tooManyKeys(let place):
            "the sender's key is not known yet, and too many others at \(place) were asked for within a minute: forged "
                + "requests name some that do not exist"
        case .noKeys(let place): "the sender's key is not known: it is published at \(place)"
        case .certificate(let problem): "the sender's certificate cannot be used: \(problem)"
        case .unknownPeer(let peer): Self.unknown(peer)
        case .strangePeer(let address): "it comes from \(address), which is none of the addresses of ip="
        case .library(let text): "libcrypto failed: \(text)"
        }
    }

    private static func mismatch(_ signatures: Int, _ secrets: Int) -> String {
        let match =
            switch (signatures, secrets) {
            case (1, 1): "the signature does not match"
            case (1, _): "the signature matches under none of the \(secrets) secrets"
            case (_, 1): "none of the \(signatures) signatures matches"
            default: "none of the \(signatures) signatures matches under any of the \(secrets) secrets"
            }
        return "\(match): another secret, or the signed bytes were changed on the way"
    }

    private static func unknown(_ peer: PeerAddress) -> String {
        switch peer {
        case .missing:
            "nobody says where it comes from, which ip= has to know: pass REMOTE_ADDR on, as nginx's fastcgi_params does"
        case .empty: "REMOTE_ADDR is empty, and ip= has to know where it comes from"
        case .repeated(let count):
            "REMOTE_ADDR came \(count) times, so nobody can tell where it comes from: leave one of the lines that set it"
        case .malformed:
            "REMOTE_ADDR is no IP address: behind a proxy on the same machine let nginx's realip or Apache's mod_remoteip set it"
        case .address(let address): "it comes from \(address)"
        }
    }
}

extension Refusal {
    /// Whether the same request may be verified later.
    package var isTemporary: Bool {
        switch reason {
        case .keysUnderWay, .tooManyKeys: true
        default: false
        }
    }

    /// Whether it may be verified so soon that it can be waited for.
    package var isWorthWaiting: Bool { if case .keysUnderWay = reason { true } else { false } }

    init(_ error: CryptographyError) {
        self.init(.library(error.description))
    }
}

extension Refusal: CustomStringConvertible {
    package var description: String { sentence }
}
