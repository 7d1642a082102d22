import Cryptography
import Foundation
import Testing
import Values

/// A token of Fixtures/jose.jsonl: those of RFC 7515, 7520 and 8037, and some made with another library.
struct TokenCase: Sendable, CustomTestStringConvertible {
    var name: String
    var algorithm: String
    var content: String?
    var key: Object
    var token: String
    var payload: Text

    var testDescription: String { name }

    static let all: [TokenCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let url = folder.appending(path: "Fixtures/jose.jsonl")
        let lines = (try? String(contentsOf: url, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.compactMap { line in
            guard let value = try? JSON.parse(Array(line.utf8)), case .object(let key) = value["key"],
                case .text(let name) = value["name"], case .text(let algorithm) = value["alg"],
                case .text(let token) = value["token"], case .text(let payload) = value["payload"]
            else { return nil }
            var content: String?
            if case .text(let text) = value["enc"] { content = text.string }
            return TokenCase(
                name: name.string, algorithm: algorithm.string, content: content, key: key, token: token.string,
                payload: payload)
        }
    }()

    static let signed = all.filter { $0.content == nil }
    static let encrypted = all.filter { $0.content != nil }

    /// What is in the token, if it is good under its own key.
    func opened(_ token: String, key: JSONWebKey? = nil) throws -> Text {
        let key = try key ?? JSONWebKey(self.key)
        guard let content else {
            let algorithm = try #require(JWSAlgorithm(rawValue: algorithm))
            return Text(bytes: try JWS.verify(token, algorithm: algorithm, key: key).payload)
        }
        let algorithm = try #require(JWEKeyAlgorithm(rawValue: algorithm))
        let encryption = try #require(JWEContentAlgorithm(rawValue: content))
        return Text(bytes: try JWE.decrypt(token, algorithm: algorithm, content: encryption, key: key).text)
    }
}

@Suite("Tokens of JOSE")
struct JOSETests {
    @Test("The vectors cover every algorithm")
    func coverage() {
        #expect(Set(TokenCase.signed.map(\.algorithm)) == Set(JWSAlgorithm.allCases.map(\.rawValue)))
        #expect(Set(TokenCase.encrypted.map(\.algorithm)) == Set(JWEKeyAlgorithm.allCases.map(\.rawValue)))
        #expect(Set(TokenCase.encrypted.compactMap(\.content)) == Set(JWEContentAlgorithm.allCases.map(\.rawValue)))
    }

    @Test("A published token gives its payload", arguments: TokenCase.all.filter { !$0.name.contains("compressed") })
    func published(token: TokenCase) throws {
        #expect(try token.opened(token.token) == token.payload)
    }

    @Test("A token in which a character was replaced, left out or added is refused, wherever it is", arguments: TokenCase.all)
    func changed(token: TokenCase) throws {
        let characters = Array(token.token)
        // Each of the first, the last and some between: a private key of RSA takes a millisecond each.
        let step = token.algorithm.hasPrefix("RSA") || token.algorithm.hasPrefix("PBES2") ? 37 : 5
        for index in characters.indices where index % step == 0 || index > characters.count - 4 || characters[index] == "." {
            var other = characters
            other[index] = characters[index] == "A" ? "B" : "A"
            #expect(throws: JOSEError.self) { try token.opened(String(other)) }
        }
        for other in ["", ".", "....", String(characters.dropLast()), token.token + "A", token.token + "=", token.token + ".",
            "." + token.token, " " + token.token, token.token + "\n"] {
            #expect(throws: JOSEError.self) { try token.opened(other) }
        }
    }

    @Test("A token is refused under the algorithm of another, whatever its header says", arguments: TokenCase.signed)
    func otherAlgorithm(token: TokenCase) throws {
        var key = try JSONWebKey(token.key)
        key.algorithm = nil
        for algorithm in JWSAlgorithm.allCases where algorithm.rawValue != token.algorithm {
            #expect(throws: JOSEError.self) { try JWS.verify(token.token, algorithm: algorithm, key: key) }
        }
    }

    @Test("A public key taken as the secret of an HMAC, and alg none, open nothing")
    func confusion() throws {
        let token = try #require(TokenCase.signed.first { $0.name == "pyca RS256" })
        let key = try JSONWebKey(token.key)
        guard case .text(let modulus)? = token.key["n"] else { return }
        let forged = try JWS.sign(
            Array("{}".utf8), algorithm: .hs256, key: JSONWebKey(.secret(Base64.urlSafe.decode(modulus.string, padding: .optional) ?? [])))
        #expect(throws: JOSEError.algorithm(wanted: "RS256")) { try JWS.verify(forged, algorithm: .rs256, key: key) }
        #expect(throws: JOSEError.self) { try JWS.verify(forged, algorithm: .hs256, key: key) }
        let unsigned = ["{\"alg\":\"none\"}", "{}"].map { Base64.urlSafe.encode(Array($0.utf8), padded: false) }.joined(separator: ".") + "."
        #expect(throws: JOSEError.algorithm(wanted: "RS256")) { try JWS.verify(unsigned, algorithm: .rs256, key: key) }
    }

    @Test("A token that demands an extension is refused", arguments: ["crit", "b64", "zip"])
    func extensions(name: String) throws {
        let key = JSONWebKey(.secret([1, 2, 3]))
        let token = try JWS.sign([], header: [Text(name): ["x"]], algorithm: .hs256, key: key)
        #expect(throws: JOSEError.extensionDemanded(name)) { try JWS.verify(token, algorithm: .hs256, key: key) }
    }

    @Test("A compressed token is refused: its size before it is opened would say nothing")
    func compressed() throws {
        let token = try #require(TokenCase.encrypted.first { $0.name.contains("compressed") })
        #expect(throws: JOSEError.extensionDemanded("zip")) { try token.opened(token.token) }
    }

    @Test("What is signed or encrypted is opened again, under every algorithm", arguments: TokenCase.all)
    func roundTrip(vector: TokenCase) throws {
        let key = try JSONWebKey(vector.key)
        let payload = Array("{\"é\":1}".utf8)
        let token: String
        if let content = vector.content {
            token = try JWE.encrypt(
                payload, header: ["typ": "JWT", "alg": "none", "enc": "none"],
                algorithm: #require(JWEKeyAlgorithm(rawValue: vector.algorithm)),
                content: #require(JWEContentAlgorithm(rawValue: content)), key: key)
        } else {
            token = try JWS.sign(
                payload, header: ["typ": "JWT", "alg": "none"], algorithm: #require(JWSAlgorithm(rawValue: vector.algorithm)),
                key: key)
        }
        #expect(try vector.opened(token).bytes == payload)
    }

    @Test("A key of another kind than the algorithm takes is refused", arguments: TokenCase.all)
    func otherKey(vector: TokenCase) throws {
        let isSecret = vector.key["kty"] == "oct"
        let other: JSONWebKey.Material =
            isSecret ? .asymmetric(try .generate(on: .p256)) : .secret(Array(repeating: 1, count: 64))
        #expect(throws: JOSEError.self) { try vector.opened(vector.token, key: JSONWebKey(other)) }
    }

    @Test("A key for one algorithm is not used with another")
    func keyOfAnotherAlgorithm() throws {
        let key = JSONWebKey(.secret([1]), algorithm: "HS512")
        #expect(throws: JOSEError.self) { try JWS.sign([], algorithm: .hs256, key: key) }
        #expect(throws: Never.self) { try JWS.sign([], algorithm: .hs512, key: key) }
    }
}
