import Testing
import Values

@testable import Intake

@Suite("A short secret in what is kept of a refused request")
struct CredentialMaskTests {
    private func concealed(_ text: String, _ secrets: [String] = ["hush7"]) throws -> String {
        let mask = CredentialMask(fingerprints: try SecretFingerprints([1, 2, 3]))
        let encode = { (bytes: [UInt8]) in PercentEncoding.form.encode(Text(bytes: bytes)).bytes }
        var bytes = mask.concealing(secrets.map { Array($0.utf8) }, in: Array(text.utf8), encode: encode)
        // What is known can be put back, so that the request can be judged again.
        #expect(mask.unmasked(bytes, secrets.map { Array($0.utf8) }) == Array(text.utf8) || text.contains("%"))
        while let start = bytes.firstRange(of: Array("(hashed:".utf8)), let end = bytes[start.upperBound...].firstIndex(of: UInt8(ascii: ")")) {
            bytes.replaceSubrange(start.lowerBound...end, with: Array("\u{2022}".utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("goes where it is a word of its own, whatever stands around it", arguments: [
        ("hush7", "•"), ("Token hush7", "Token •"), ("t=1,v1=hush7", "t=1,v1=•"), ("a=hush7&b=hush7", "a=•&b=•"),
        ("/hook/hush7?hush7", "/hook/•?•"), ("{\"a\":\"hush7\",\"hush7\":1}", "{\"a\":\"•\",\"•\":1}"), ("<a>hush7</a>", "<a>•</a>"),
        ("say hush7, please", "say •, please"), ("\r\nhush7\r\n", "\r\n•\r\n"), ("a-hush7.b", "a-•.b"),
        ("u=https%3A%2F%2Fa%3Fk%3Dhush7%26b", "u=https%3A%2F%2Fa%3Fk%3D•%26b"), (#"{"a":"x\nhush7\u003dhush7\"b"}"#, #"{"a":"x\n•\u003d•\"b"}"#),
        ("hush7hush7 hush7", "hush7hush7 •"),
    ])
    func words(text: String, expected: String) throws {
        #expect(try concealed(text) == expected)
    }

    @Test("stays where it is a part of another word, which would tell nobody that it is one", arguments: [
        "hush77", "xhush7", "_hush7", "hush7_", "Hush7", "hush", "ühush7", "hush7é", "",
    ])
    func parts(text: String) throws {
        #expect(try concealed(text) == text)
    }

    @Test("may have bytes that are in no word, be a single letter, or be called as what stands for it")
    func odd() throws {
        #expect(try concealed("k=!a!&x!a!y", ["!a!"]) == "k=•&x•y")
        #expect(try concealed("k=p%40s&k=p@s", ["p@s"]) == "k=•&k=•")
        #expect(try concealed("1,11,1", ["1"]) == "•,11,•")
        #expect(try concealed("a hush7 hashed", ["hush7", "hashed"]) == "a • •")
    }
}
