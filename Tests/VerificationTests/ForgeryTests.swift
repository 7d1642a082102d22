import Foundation
import Testing
import Values
import Verification

/// Vectors that verify, from both folders, each with one secret only.
private func genuine() throws -> [Vector] {
    try (Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes"))
        .filter { $0.expected == "verified" && $0.verify != "none" }
}

@Suite("Forged requests")
struct ForgeryTests {
    @Test("A header that counts is there once and not empty", arguments: try genuine())
    func headers(vector: Vector) throws {
        let verifier = try vector.verifier()
        for mutant in vector.headerMutants {
            #expect(verifier.verify(mutant.request, at: vector.time).refusal != nil, "\(mutant.what)")
        }
    }

    @Test("Letter case of header names counts for nothing", arguments: try genuine(), [true, false])
    func headerNames(vector: Vector, upper: Bool) throws {
        var request = vector.request
        for index in request.headers.indices {
            let name = request.headers[index].name
            request.headers[index].name = upper ? name.uppercased() : name.lowercased()
        }
        #expect(try vector.verifier().verify(request, at: vector.time).verified != nil)
    }

    @Test("A changed body is refused", arguments: try genuine())
    func body(vector: Vector) throws {
        let verifier = try vector.verifier()
        for mutant in vector.bodyMutants where !isSameForm(vector, mutant) {
            #expect(verifier.verify(mutant.request, at: vector.time).refusal != nil, "\(mutant.what)")
        }
    }

    @Test("A changed signature, timestamp, id or token is refused", arguments: try genuine())
    func values(vector: Vector) throws {
        let verifier = try vector.verifier()
        let scheme = scheme(of: vector)
        for index in vector.request.headers.indices {
            let name = vector.request.headers[index].name.lowercased()
            if vector.unsigned.contains(name) || vector.removable.contains(name) || isPassedOver(vector, name) {
                continue
            }
            let genuine = canonical(vector.request.headers[index], vector, scheme)
            for mutant in vector.valueMutants(of: index)
            where canonical(mutant.request.headers[index], vector, scheme) != genuine {
                #expect(verifier.verify(mutant.request, at: vector.time).refusal != nil, "\(mutant.what)")
            }
        }
    }

    @Test("A signature, a token or a signed field in the body or the address is refused if it is changed", arguments: try genuine())
    func inside(vector: Vector) throws {
        let verifier = try vector.verifier()
        let ignoresCase = scheme(of: vector).contains("encoding=hex-any") || vector.sender == "vonage-sms-signature"
        for mutant in vector.innerMutants(ignoresCase: ignoresCase) {
            #expect(verifier.verify(mutant.request, at: vector.time).refusal != nil, "\(mutant.what)")
        }
    }

    @Test("What proves a request is named where it stands in the body or the address")
    func insideIsNamed() throws {
        let vectors = try genuine()
        for sender in Set(vectors.filter(\.isProvedInside).map(\.sender)) {
            #expect(vectors.contains { $0.sender == sender && !$0.inner.isEmpty }, "\(sender)")
        }
    }

    @Test(
        "What a list holds beside the signature is passed over, as far as the sender's grammar goes",
        arguments: [
            ("stripe.txt: one signature", ",v1=00", "verified"), ("stripe.txt: one signature", ",v2=x", "verified"),
            ("stripe.txt: one signature", ",", "malformed"), ("stripe.txt: one signature", ",v1", "malformed"),
            ("stripe.txt: one signature", ",t=1760000000", "repeated"),
            ("stripe.txt: one signature", String(repeating: ",v1=00", count: 7), "verified"),
            ("stripe.txt: one signature", String(repeating: ",v1=00", count: 8), "tooMany"),
            ("stripe.txt: one signature", String(repeating: ",x=", count: 31), "tooMany"),
            ("stripe.txt: one signature", ",x=" + String(repeating: "x", count: 4096), "tooLong"),
            ("standard-webhooks.txt: the published example", " v1,AA==", "verified"),
            ("standard-webhooks.txt: the published example", " v1a,AA==", "verified"),
            ("standard-webhooks.txt: the published example", " ", "malformed"),
            ("standard-webhooks.txt: the published example", " v1", "malformed"),
        ])
    func lists(name: String, suffix: String, expected: String) throws {
        let vector = try #require(try genuine().first { $0.testDescription == name })
        var request = vector.request
        request.headers[request.headers.count - 1].value += Array(suffix.utf8)
        #expect(try vector.verifier().verify(request, at: vector.time).text == expected)
    }

    @Test(
        "Twilio's word about a shared key is taken in its one form only",
        arguments: [
            ("key=a,algorithm=HMAC_SHA256", "verified"), ("key=,algorithm=HMAC_SHA256", "malformed"),
            ("algorithm=HMAC_SHA256,key=a", "malformed"), ("key=a,algorithm=HMAC_SHA1", "malformed"),
            ("key=a,algorithm=none", "malformed"), ("key=a", "malformed"),
            ("key=a, algorithm=HMAC_SHA256", "malformed"),
            ("key=a,algorithm=HMAC_SHA256,x=y", "malformed"), ("key=a b,algorithm=HMAC_SHA256", "malformed"),
            ("", "empty"),
        ])
    func sharedKey(settings: String, expected: String) throws {
        let vector = try #require(try genuine().first { $0.title == "with a shared key" })
        var request = vector.request
        let index = try #require(request.headers.firstIndex { $0.name.hasSuffix("Settings") })
        request.headers[index].value = Array(settings.utf8)
        #expect(try vector.verifier().verify(request, at: vector.time).text == expected)
        request.headers.remove(at: index)
        #expect(try vector.verifier().verify(request, at: vector.time).text == "wrongSignature")
    }

    @Test("From anywhere else a request is refused where addresses are listed", arguments: try genuine().filter { $0.request.peer != .missing })
    func peers(vector: Vector) throws {
        let verifier = try vector.verifier()
        let others = ["198.51.100.1", "192.0.1.255", "192.0.3.0", "2001:db9::", "::1", "::192.0.2.1"].compactMap { IPAddress($0) }
        for peer in others.map(PeerAddress.address) + [.missing, .empty, .malformed, .repeated(count: 2)] {
            var request = vector.request
            request.peer = peer
            request.add("X-Forwarded-For", "192.0.2.1")
            #expect(verifier.verify(request, at: vector.time).refusal != nil, "\(peer)")
        }
    }

    @Test("A key with one other bit verifies nothing", arguments: try genuine().filter { !$0.secrets.isEmpty })
    func keys(vector: Vector) throws {
        let index = try #require(try vector.verdict().verified?.secretIndex)
        for secrets in vector.keyMutants where secrets[index] != vector.secrets[index] {
            // Most changed keys are no base 64 or hexadecimal any more, and are refused as settings.
            guard let verifier = try? Verifier(VerificationRule(vector.verify), secrets: .of(secrets), url: vector.url)
            else { continue }
            #expect(verifier.verify(vector.request, at: vector.time).refusal != nil)
        }
    }

    @Test("A signed timestamp counts within the tolerance, either way, and no second longer", arguments: try genuine())
    func window(vector: Vector) throws {
        guard let timestamp = try vector.verdict().verified?.timestamp else { return }
        for tolerance in [1, 60, 300] as [Int64] {
            let verifier = try Verifier(
                VerificationRule(vector.verify), secrets: .of(vector.secrets), url: vector.url, tolerance: tolerance)
            let second: Int64 = 1000
            #expect(verifier.verify(vector.request, at: timestamp + tolerance * second).verified != nil)
            #expect(verifier.verify(vector.request, at: timestamp - tolerance * second).verified != nil)
            #expect(verifier.verify(vector.request, at: timestamp + (tolerance + 1) * second).text == "stale")
            #expect(verifier.verify(vector.request, at: timestamp - (tolerance + 1) * second).text == "early")
        }
    }

    @Test("Another address is refused where the sender signs it", arguments: try genuine().filter { $0.url != nil })
    func address(vector: Vector) throws {
        let verifier = try vector.verifier()
        for uri in ["/", "/in", "/in?", "", "*", "https://a.example:8443/in?b=%20", "//in?b=%20"] {
            var request = vector.request
            request.uri = Array(uri.utf8)
            if request.uri == vector.request.uri { continue }
            #expect(verifier.verify(request, at: vector.time).refusal != nil, "\(uri)")
        }
        for url in ["https://other.example", "http://mycompany.com", "https://mycompany.com:444"] {
            let other = try Verifier(VerificationRule(vector.verify), secrets: .of(vector.secrets), url: url)
            #expect(other.verify(vector.request, at: vector.time).refusal != nil, "\(url)")
        }
    }

    @Test("A time that nobody has does not stop the process", arguments: [.min, -1, 0, .max] as [Int64])
    func times(time: Int64) throws {
        for vector in try genuine() {
            guard try vector.verdict().verified?.timestamp != nil else { continue }
            #expect(try vector.verifier().verify(vector.request, at: time).refusal != nil)
        }
    }

    /// A list may hold signatures that are passed over, and the name of Twilio's key says nothing to us: what is
    /// changed in those is not noticed, and need not be.
    private func isPassedOver(_ vector: Vector, _ name: String) -> Bool {
        name == "x-twilio-webhooks-signature-settings" || vector.loose.contains(name)
            || ["while the secret is rotated", "among others", "a plain list"].contains(vector.title)
                && name.contains("signature")
    }

    /// One form for all those that a rule calls equal: types of content, names of authorization schemes and the hexadecimal
    /// of some have no letter case, spaces after the commas of some do not count, and the padding of base 64 for addresses
    /// may be left out.
    private func canonical(_ header: (name: String, value: [UInt8]), _ vector: Vector, _ scheme: String) -> [UInt8] {
        let text = String(decoding: header.value, as: UTF8.self)
        if header.name == "Content-Type" {
            let type = text.lowercased().split(separator: ";").first ?? ""
            return Array(type.trimmingCharacters(in: .whitespaces).utf8)
        }
        if ["token bearer", "basic"].contains(vector.verify) {
            let name = header.value.prefix { $0 != UInt8(ascii: " ") }
            return name.map { $0 | 0x20 } + header.value.dropFirst(name.count)
        }
        if scheme.contains("spaces=allowed") { return Array(text.replacing(#/, +/#, with: ",").utf8) }
        if scheme.contains("encoding=hex-any"), header.name.lowercased().contains("signature") {
            return Array(text.lowercased().utf8)
        }
        if scheme.contains("base64-any") { return Array(text.trimmingCharacters(in: ["="]).utf8) }
        if vector.verify.contains("base64url"), header.value.count == 44, header.value.last == UInt8(ascii: "=") {
            return header.value.dropLast()
        }
        return header.value
    }

    /// Looked up once a vector: the catalogue is text.
    private func scheme(of vector: Vector) -> String {
        let profile = try? SenderCatalogue.profile(of: vector.sender)
        return profile?.schemeText ?? vector.verify
    }

    /// Twilio signs what the form says, not how it is written.
    private func isSameForm(_ vector: Vector, _ mutant: Mutant) -> Bool {
        vector.verify == "twilio" && Twilio.signedForm(vector.request.body) == Twilio.signedForm(mutant.request.body)
    }
}

/// Twilio's rule for forms, written down a second time.
private enum Twilio {
    static func signedForm(_ body: [UInt8]) -> [UInt8] {
        var values: [[UInt8]: Set<[UInt8]>] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            values[decoded(parts[0]), default: []].insert(parts.count > 1 ? decoded(parts[1]) : [])
        }
        return values.keys.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { name in
            values[name, default: []].sorted { $0.lexicographicallyPrecedes($1) }.flatMap { name + $0 }
        }
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(digits, radix: 16) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return result
    }
}
