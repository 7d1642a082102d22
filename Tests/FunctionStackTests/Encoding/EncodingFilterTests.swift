import Testing
import Values

@testable import FunctionStack

@Suite("Filters for encodings and digests")
struct EncodingFilterTests {
    @Test("With the flag, digests are raw bytes")
    func raw() throws {
        let digest = try FilterCall("md5", "abc", true).result()
        #expect(digest == (try FilterCall("hex2bin", "900150983cd24fb0d6963f7d28e17f72").result()))
        let hmac = try FilterCall("hmac_sha256", "what do ya want for nothing?", "Jefe", true).result()
        #expect(try FilterCall("base64_encode", hmac).result() == "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")
    }

    @Test("Bytes that are no UTF-8 go through exactly")
    func bytes() throws {
        let bytes = Value.text(Text(bytes: [0x00, 0xff, 0xfe, 0x80]))
        #expect(try FilterCall("bin2hex", bytes).result() == "00fffe80")
        #expect(try FilterCall("hex2bin", "00fffe80").result() == bytes)
        #expect(try FilterCall("base64_decode", try FilterCall("base64_encode", bytes).result()).result() == bytes)
        #expect(try FilterCall("sha256", bytes).result() == "13d4f9fcd30a4862a0fde55022c8758b429e42a7c886250d002b8e1fa0d7b8c3")
    }

    @Test(
        "Encodings of characters",
        arguments: [
            ("from_utf8", "é€", [0xe9, 0x3f], nil, nil), ("from_utf8", "é€", [0xe9, 0xa4], "iso-8859-15", nil),
            ("from_utf8", "é€", [0xe9, 0x80], "windows-1252", nil), ("convert_encoding", "é", [0xe9], "ISO-8859-1", "UTF-8"),
            ("convert_encoding", "é😀", [0xe9, 0x00, 0x3d, 0xd8, 0x00, 0xde], "UTF-16LE", nil),
            ("convert_encoding", "é😀", [0x00, 0xe9, 0xd8, 0x3d, 0xde, 0x00], "UTF-16", nil),
            ("convert_encoding", "é", [0x00, 0x00, 0x00, 0xe9], "UTF-32BE", nil), ("convert_encoding", "é", [0x3f], "us-ascii", nil),
        ] as [(String, String, [UInt8], String?, String?)])
    func encodings(filter: String, text: String, bytes: [UInt8], target: String?, source: String?) throws {
        let names = [target, source].compactMap { $0 }.map { Value.text($0) }
        let call = FilterCall(filter, input: .text(text), arguments: names)
        #expect(try call.result() == .text(Text(bytes: bytes)))
        if let target, bytes != [0x3f] {
            let back = FilterCall("convert_encoding", .text(Text(bytes: bytes)), "UTF-8", .text(target))
            #expect(try back.result() == .text(text))
        }
    }

    @Test("Latin text becomes UTF-8")
    func latin() throws {
        #expect(try FilterCall("to_utf8", .text(Text(bytes: [0xe9, 0x74]))).result() == "ét")
        #expect(try FilterCall("detect_encoding", .text(Text(bytes: [0xe9]))).result() == "ISO-8859-1")
        #expect(try FilterCall("detect_encoding", .text(Text(bytes: [0x80]))).result() == "Windows-1252")
    }

    @Test(
        "What cannot be decoded or is of the wrong type is refused with the reason",
        arguments: [
            (FilterCall("base64_decode", "a*b="), "base64_decode expects base 64"),
            (FilterCall("base64_decode", "abcde"), "base64_decode expects base 64"),
            (FilterCall("base64_decode_urlsafe", "a+b/"), "URL-safe"), (FilterCall("hex2bin", "abc"), "hexadecimal"),
            (FilterCall("hex2bin", "zz"), "hexadecimal"), (FilterCall("json_decode", "{"), "line 1, column 2"),
            (FilterCall("sha256", input: .array([]), arguments: []), "json_encode"),
            (FilterCall("hmac_sha256", "a", nil), "needs a key"), (FilterCall("from_utf8", "a", "EBCDIC"), "known are UTF-8"),
            (FilterCall("json_decode", input: .object([:]), arguments: []), "decoded already"),
            (FilterCall("csv_parse", "a\n\"b"), "line 2"), (FilterCall("csv_decode", "a", ",", ",,"), "one character"),
            (FilterCall("csv_decode", "a", ",", "\"", "\\"), "no other escape"), (FilterCall("xml_decode", "<a>"), "ends too early"),
            (FilterCall("csv_encode", input: .array([1]), arguments: []), "arrays or objects"),
        ])
    func refused(call: FilterCall, part: String) {
        let message = call.failure()
        #expect(message?.contains(part) == true, "\(message ?? "no error")")
    }
}
