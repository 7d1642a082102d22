import Cryptography
import Testing

@Suite("Hexadecimal and base 64")
struct EncodingTests {
    @Test(
        "Hexadecimal is lower case, and read in either case",
        arguments: [
            ([], ""), ([0], "00"), ([255, 16, 10], "ff100a"), ([171, 205], "abcd"),
        ] as [([UInt8], String)])
    func hexadecimal(bytes: [UInt8], text: String) {
        #expect(Hexadecimal.encode(bytes) == text)
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.decode(text.uppercased()) == bytes)
    }

    @Test("What is no hexadecimal is refused", arguments: ["0", "0g", "0x00", " 00", "00 ", "é0", "-1"])
    func noHexadecimal(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }

    // RFC 4648 section 10, and bytes whose digits differ between the alphabets.
    @Test(
        "Base 64 is that of RFC 4648",
        arguments: [
            ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
            ("foob", "Zm9vYg==", "Zm9vYg"), ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
            ("~~?>>>", "fn4/Pj4+", "fn4_Pj4-"),
        ])
    func base64(plain: String, standard: String, urlSafe: String) {
        let bytes = Array(plain.utf8)
        #expect(Base64.standard.encode(bytes) == standard)
        #expect(Base64.standard.decode(standard) == bytes)
        #expect(Base64.urlSafe.encode(bytes, padded: false) == urlSafe)
        #expect(Base64.urlSafe.decode(urlSafe, padding: .forbidden) == bytes)
        #expect(Base64.urlSafe.decode(urlSafe, padding: .optional) == bytes)
    }

    @Test("Every length of bytes comes back from base 64", arguments: 0...70)
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
        for alphabet in [Base64.standard, .urlSafe] {
            #expect(alphabet.decode(alphabet.encode(bytes)) == bytes)
            #expect(alphabet.decode(alphabet.encode(bytes, padded: false), padding: .forbidden) == bytes)
        }
    }

    @Test(
        "Base 64 that is not canonical is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v=", "Zm9v====", "Zg==Zg==", "Z=g=", "Zm 9v", "Zm9v\n", "=",
            "==",
            "====", "fn4_Pj4-", "Zm9é",
        ])
    func notCanonical(text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test(
        "Padding is as the caller wants it",
        arguments: [
            (Base64.Padding.required, "Zg", false), (.forbidden, "Zg==", false), (.optional, "Zg", true),
            (.optional, "Zg==", true), (.optional, "Zg=", false), (.forbidden, "Zg", true),
        ])
    func padding(rule: Base64.Padding, text: String, accepted: Bool) {
        #expect((Base64.urlSafe.decode(text, padding: rule) != nil) == accepted)
    }
}
