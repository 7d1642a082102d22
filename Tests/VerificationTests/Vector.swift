import Foundation
import Testing
import Values
import Verification

/// A request with the settings under which it is judged and what must come of it.
///
/// In a fixture it begins with an unindented line `vector TITLE`; its other lines are indented, a key and a value:
///
///     origin   where the vector comes from; required
///     verify   POSTERN_VERIFY
///     secret   a secret; may be repeated; a block in PEM with \n for its line ends
///     signer   the private key that belongs to the secret, or the secret itself, where a signature is not the same each
///              time or the secret is a public key
///     token    what the location knows as the sender's verify token; may be repeated
///     url      POSTERN_URL
///     at       time of receipt, seconds since 1970
///     method   POST if not given
///     uri      path and query; / if not given
///     peer     the address that the request comes from; nobody knows it if not given
///     header   Name: value; may be repeated
///     body     with \n, \r and \\ for line feed, carriage return and backslash
///     unsigned a header, or body, that the sender does not sign: nobody notices a change
///     removable  a header that may be missing, but not come twice or empty
///     loose    a header in which some changes are passed over, or are equal by the sender's rule
///     inside   a text of the body or the address of which every change is noticed: a signature, a signed field; the text of
///              a token need not be named; may be repeated
///     challenge  what stands somewhere in the request and is repeated or signed
///     expect   verified, handshake ANSWER, enrolment ANSWER, or the name of the refusal's reason. Headers of the answer
///              stand before its body in brackets
///     dedupe   the kind of the dedupe key, if there must be one
///     type     the event type, if there must be one
struct Vector: Sendable, CustomTestStringConvertible {
    var file = ""
    var title = ""
    var origin = ""
    var verify = ""
    var secrets: [String] = []
    var tokens: [String] = []
    var challenge: String?
    var signer: String?
    var url: String?
    var time: Int64 = 0
    var request = TestRequest()
    var unsigned: [String] = []
    var removable: [String] = []
    var loose: [String] = []
    var inside: [String] = []
    var expected = ""
    var dedupe: String?
    var type: String?

    var testDescription: String { "\(file): \(title)" }

    /// - Parameter rule: another one that has to judge the same; nil for the vector's own.
    func verifier(_ rule: VerificationRule? = nil) throws -> Verifier {
        try Verifier(
            rule ?? VerificationRule(verify), secrets: SecretSet.of(secrets), url: url, verifyTokens: SecretSet.of(tokens),
            awaitsSecret: secrets.isEmpty)
    }

    func verdict() throws -> Verdict { try verifier().verify(request, at: time) }
}

/// A request as a test writes it.
struct TestRequest: SignedRequest, Equatable, Sendable {
    var method = "POST"
    var uri = Array("/".utf8)
    var headers: [(name: String, value: [UInt8])] = []
    var body: [UInt8] = []
    var peer = PeerAddress.missing

    var headerNames: [String] { headers.map(\.name) }

    func values(ofHeader name: String) -> [[UInt8]] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    mutating func add(_ name: String, _ value: String) { headers.append((name, Array(value.utf8))) }

    static func == (left: TestRequest, right: TestRequest) -> Bool {
        left.method == right.method && left.uri == right.uri && left.body == right.body
            && left.headers.map(\.name) == right.headers.map(\.name)
            && left.headers.map(\.value) == right.headers.map(\.value)
    }
}

extension TestRequest {
    init(_ message: OutgoingMessage) {
        method = message.method
        uri = Array(message.uri.utf8)
        headers = message.headers.map { ($0.name, $0.value) }
        body = message.body
    }
}

extension SecretSet {
    static func of(_ secrets: [String]) throws -> SecretSet {
        var set = SecretSet()
        if !secrets.isEmpty { try set.add(Array(secrets.joined(separator: "\n").utf8), from: "file:/secrets") }
        return set
    }
}

enum Fixtures {
    static func folder(file: String = #filePath) -> URL {
        URL(fileURLWithPath: file).deletingLastPathComponent().appending(path: "Fixtures")
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder().appending(path: name), encoding: .utf8)
    }

    static func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: folder().appending(path: name))) }

    /// The vectors of all files in a folder.
    static func vectors(in name: String) throws -> [Vector] {
        let folder = folder().appending(path: name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try files.flatMap { file in try vectors(text(name + "/" + file), file: file) }
    }

    private static func vectors(_ text: String, file: String) throws -> [Vector] {
        var vectors: [Vector] = []
        for line in text.components(separatedBy: "\n") where !line.isEmpty && !line.hasPrefix("#") {
            let words = line.trimmingPrefix("  ").split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let value = words.count > 1 ? String(words[1]) : ""
            if words[0] == "vector" {
                vectors.append(Vector(file: file, title: value))
            } else {
                let last = vectors.count - 1
                try vectors[last].read(String(words[0]), value)
            }
        }
        return vectors
    }
}

extension Vector {
    struct UnknownKey: Error { var key: String }

    mutating func read(_ key: String, _ value: String) throws {
        switch key {
        case "origin": origin = value
        case "verify": verify = value
        case "secret": secrets.append(value.hasPrefix("-----BEGIN") ? Self.unescaped(value) : value)
        case "signer": signer = value.hasPrefix("-----BEGIN") ? Self.unescaped(value) : value
        case "token": tokens.append(value)
        case "challenge": challenge = value
        case "url": url = value
        case "at": time = Int64(value)! * 1000
        case "method": request.method = value
        case "uri": request.uri = Array(value.utf8)
        case "peer": request.peer = IPAddress(value).map(PeerAddress.address) ?? .malformed
        case "header":
            let colon = value.range(of: ": ")!
            request.add(String(value[..<colon.lowerBound]), String(value[colon.upperBound...]))
        case "body": request.body = Array(Self.unescaped(value).utf8)
        case "unsigned": unsigned.append(value.lowercased())
        case "removable": removable.append(value.lowercased())
        case "loose": loose.append(value.lowercased())
        case "inside": inside.append(value)
        case "expect": expected = value
        case "dedupe": dedupe = value
        case "type": type = value
        default: throw UnknownKey(key: key)
        }
    }

    private static func unescaped(_ text: String) -> String {
        text.components(separatedBy: #"\\"#)
            .map { $0.replacingOccurrences(of: #"\n"#, with: "\n").replacingOccurrences(of: #"\r"#, with: "\r") }
            .joined(separator: #"\"#)
    }
}

extension Verdict {
    /// As a vector's `expect` has it.
    var text: String {
        switch self {
        case .verified: "verified"
        case .handshake(let answer): answer.text("handshake")
        case .subscription(let address): "subscription \(address.url)"
        case .enrolment(let enrolment): enrolment.answer.text("enrolment")
        case .refused(let refusal): String("\(refusal.reason)".prefix { $0 != "(" })
        }
    }

    var handshake: HandshakeAnswer? { if case .handshake(let answer) = self { answer } else { nil } }
    var verified: Verified? { if case .verified(let verified) = self { verified } else { nil } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

/// The problem that some settings have.
func problem(_ body: () throws -> Void) -> SettingProblem? {
    do {
        try body()
        return nil
    } catch {
        return error as? SettingProblem
    }
}

extension HandshakeAnswer {
    fileprivate func text(_ word: String) -> String {
        let parts = headers.map { "[\($0.name): \($0.value)]" } + [String(decoding: body, as: UTF8.self)]
        return "\(word) \(parts.joined())".trimmingCharacters(in: .whitespaces)
    }
}
