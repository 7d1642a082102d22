import Foundation
import Verification

extension Mishap {
    private static let json = #"{"id":"evt_1","amount":100}"#

    static let bodies: [Mishap] = [
        Mishap(.bodyEnd, "without the line feed", body: "{}", arrives: "{}\n"),
        Mishap(.bodyEnd, "with a line feed", body: "{}\n", arrives: "{}"),
        Mishap(.bodyEnd, "CRLF", body: "{}", arrives: "{}\r\n"),
        Mishap(.bodyEnd, "(CRLF) at the end of the body: something took it off", body: "{}\r\n", arrives: "{}"),
        Mishap(.bodyEnd, "white space around", body: "{}", arrives: " {}  "),
        Mishap(.bodyLineEnds, "LF in place of", body: "{\n}", arrives: "{\r\n}"),
        Mishap(.bodyLineEnds, "CRLF in place of", body: "a\r\nb\r\nc", arrives: "a\nb\nc"),
        Mishap(.bodyMark, "without the byte order mark", body: "{}", arrives: "\u{FEFF}{}"),
        Mishap(.bodyMark, "with a byte order mark", body: "\u{FEFF}{}", arrives: "{}"),
        Mishap(
            .bodyCharset, "in UTF-8, and the body is in Latin-1", body: #"{"name":"Müller"}"#,
            bytes: latin(#"{"name":"Müller"}"#)),
        Mishap(
            .bodyCharset, "in UTF-8, and the body is in Windows-1252", body: #"{"price":"5 €"}"#,
            bytes: Array(#"{"price":"5 "#.utf8) + [0x80] + Array("\"}".utf8)),
        Mishap(.bodyCharset, "decoded once more", body: #"{"name":"Müller"}"#, arrives: #"{"name":"MÃ¼ller"}"#),
        Mishap(.bodyCharset, "in Latin-1, and the body is in UTF-8") { mishap in
            mishap.body = latin(#"{"name":"Müller"}"#)
            mishap.change = { $0.body = Array(#"{"name":"Müller"}"#.utf8) }
        },
        Mishap(.bodyCharset, "U+FFFD") { mishap in
            (mishap.body, mishap.isProved) = (latin(#"{"name":"Müller"}"#), false)
            mishap.change = { $0.body = Array("{\"name\":\"M\u{FFFD}ller\"}".utf8) }
        },
        Mishap(.bodyJSON, "compact", body: #"{"a":[1,2],"b":{}}"#, arrives: "{\n  \"a\": [1, 2],\n  \"b\": {}\n}"),
        Mishap(.bodyJSON, "as Python does", body: #"{"a": [1, 2], "b": {}}"#, arrives: #"{"a":[1,2],"b":{}}"#),
        Mishap(
            .bodyJSON, "two spaces", body: "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}",
            arrives: #"{"a":[1,2],"b":{}}"#),
        Mishap(.bodyJSON, "four spaces", body: "{\n    \"a\": 1\n}", arrives: #"{"a":1}"#),
        Mishap(.bodyJSON, "tabs", body: "{\n\t\"a\": 1\n}", arrives: #"{"a": 1}"#),
        Mishap(
            .bodyJSON, "Jackson", body: "{\n  \"a\" : [ 1, {\n    \"b\" : [ ]\n  } ],\n  \"c\" : { }\n}",
            arrives: #"{"a":[1,{"b":[]}],"c":{}}"#),
        Mishap(
            .bodyJSONEscapes, "beyond ASCII", body: #"{"name":"M\u00fcller","x":"😀"}"#.ascii,
            arrives: #"{"name":"Müller","x":"😀"}"#),
        Mishap(.bodyJSONEscapes, "need not be", body: #"{"name":"Müller"}"#, arrives: #"{"name":"M\u00fcller"}"#),
        Mishap(
            .bodyJSONEscapes, #"\/ for /"#, body: #"{"url":"https:\/\/a.b\/"}"#, arrives: #"{"url":"https://a.b/"}"#),
        Mishap(
            .bodyJSONEscapes, #"beyond ASCII and \/ for /"#, body: #"{"url":"a\/\u00fc"}"#, arrives: #"{"url": "a/ü"}"#),
        Mishap(.bodyJSONEscapes, #"\u003c"#, body: #"{"html":"\u003cb\u003e \u0026"}"#, arrives: #"{"html":"<b> &"}"#),
        Mishap(
            .bodyJSONEscapes, "in capitals", body: #"{"name":"M\u00FCller \u0027x\u0027"}"#,
            arrives: #"{"name":"Müller 'x'"}"#),
        Mishap(.bodyJSONEscapes, "need not be", body: "{ \"a\" :\"ü\"}", arrives: "{ \"a\" :\"\\u00fc\"}"),
        Mishap(
            .bodyJSONEscapes, "<, % and @", body: #"{"mail":"\u00fc\u0040b\/c 5\u0025"}"#,
            arrives: #"{"mail":"ü@b/c 5%"}"#),
        Mishap(.bodyJSONNumbers, "1.0 in place of 1", body: #"{"a":1.0,"b":2.5}"#, arrives: #"{"a":1,"b":2.5}"#),
        Mishap(.bodyJSONNumbers, "1 in place of 1.0", body: #"{"a":1,"b":2.5}"#, arrives: #"{"a":1.0,"b":2.5}"#),
        Mishap(.bodyJSONNumbers, "two digits", body: #"{"a":10.50,"b":2}"#, arrives: #"{"a":10.5,"b":2}"#),
        Mishap(.bodyJSONNumbers, "no zeros", body: #"{"a":10.5,"b":2}"#, arrives: #"{"a":10.50,"b":2}"#),
        Mishap(
            .bodyJSONOrder, "keys sorted", body: #"{"a":1,"b":{"c":2,"d":[{"e":1,"f":2}]}}"#,
            arrives: #"{"b":{"d":[{"f":2,"e":1}],"c":2},"a":1}"#),
        Mishap(
            .bodyJSONOrder, "keys sorted", body: #"[{},[],{"a":[[],{"b":{},"c":[1,{"d":1,"e":2}]}],"f":3}]"#,
            arrives: #"[{},[],{"f":3,"a":[[],{"c":[1,{"e":2,"d":1}],"b":{}}]}]"#),
        Mishap(
            .bodyJSONText, "something printed the body as a text", body: json,
            arrives: #""{\"id\":\"evt_1\",\"amount\":100}""#),
        Mishap(.bodyJSONText, "took the text out", body: #""{\"id\":1}""#, arrives: #"{"id":1}"#),
        Mishap(.bodyJSONText, "without the backslashes", body: json, arrives: #"{\"id\":\"evt_1\",\"amount\":100}"#),
        Mishap(
            .bodyJSONText, "member body", body: json,
            arrives: #"{"headers":{},"body":"{\"id\":\"evt_1\",\"amount\":100}"}"#),
        Mishap(
            .bodyJSONText, "decode it from base 64", body: json,
            arrives: #"{"isBase64Encoded":true,"body":""# + Data(json.utf8).base64EncodedString() + "\"}"),
        Mishap(.bodyBase64, "decoded from base 64", body: json, arrives: Data(json.utf8).base64EncodedString()),
        Mishap(.bodyBase64, "something decoded it", body: Data(json.utf8).base64EncodedString(), arrives: json),
        Mishap(.bodyChunks, "chunks", body: json, arrives: "1b\r\n\(json)\r\n0\r\n\r\n"),
        Mishap(.bodyCompressed, "decompressed") { mishap in
            mishap.body = fixture("items.json")
            mishap.change = { $0.body = fixture("items.json.gz") }
        },
        Mishap(.bodyCompressed, "decompressed", body: json, bytes: fixture("fixed.gz")),
        Mishap(.bodyCompressed, "decompressed", body: json, bytes: fixture("stored.gz")),
        Mishap(.bodyCompressed, "the body is compressed with gzip") { mishap in
            mishap.isProved = false
            mishap.change = { $0.body = fixture("bomb.gz") }
        },
        Mishap(.bodyCompressed, "something on the way decompressed it") { mishap in
            (mishap.body, mishap.isProved, mishap.headers) = (
                fixture("fixed.gz"), false, [.init("Content-Encoding", "gzip")]
            )
            mishap.change = { $0.body = Array(json.utf8) }
        },
        Mishap(.bodyEmpty, "has read it before") { mishap in
            mishap.isProved = false
            mishap.change = { $0.body = [] }
        },
        Mishap(.bodyEmpty, "with an empty body", body: "", arrives: json),
        Mishap(.bodyCut, "Content-Length says 27") { mishap in
            (mishap.isProved, mishap.headers) = (false, [.init("Content-Length", "27")])
            mishap.change = { $0.body.removeLast(9) }
        },
        Mishap(.bodyCut, "ends too early") { mishap in
            mishap.isProved = false
            mishap.change = { $0.body.removeLast(9) }
        },
        Mishap(.bodyLonger, "first 27 bytes") { mishap in
            mishap.headers = [.init("Content-Length", "27")]
            mishap.change = { $0.body += Array("<!-- -->".utf8) }
        },
        Mishap(.bodyLonger, "made it longer") { mishap in
            (mishap.isProved, mishap.headers) = (false, [.init("Content-Length", "27")])
            mishap.change = { $0.body = Array(#"{"id":"evt_1","amount":100,"more":1}"#.utf8) }
        },
        form(.bodyForm, "with %20", body: "text=a%20b&x=%5B1%5D", arrives: "text=a+b&x=%5B1%5D"),
        form(.bodyForm, "browsers do", body: "text=a+b*", arrives: "text=a%20b%2A"),
        form(.bodyForm, "small letters", body: "text=a+b%5b%2f", arrives: "text=a+b%5B%2F"),
        form(.bodyForm, "sorted by name", body: "a=1&b=2&c=3", arrives: "c=3&a=1&b=2"),
        form(.bodyForm, "printed it as JSON", body: "text=a+b&n=1", arrives: #"{"text":"a b","n":"1"}"#),
        form(.bodyFormField, "took it out of the form", body: "payload=%7B%22a%22%3A1%7D", arrives: #"{"a":1}"#),
        form(.bodyFormField, "field payload", body: #"{"a":1}"#, arrives: "payload=%7B%22a%22%3A1%7D"),
        Mishap(.bodyBoundary, "the boundary that Content-Type names") { mishap in
            mishap.headers = [.init("Content-Type", "multipart/form-data; boundary=aaaa")]
            mishap.body = Array("--aaaa\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--aaaa--\r\n".utf8)
            mishap.change = {
                $0.body = Array("--bb\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--bb--\r\n".utf8)
            }
        },
        Mishap(.bodyBoundary, "boundary is not the one") { mishap in
            mishap.headers = [.init("Content-Type", "multipart/form-data; boundary=aaaa")]
            mishap.body = Array("--aaaa\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--aaaa--\r\n".utf8)
            mishap.isProved = false
            mishap.change = {
                $0.body = Array("--bb\r\nContent-Disposition:form-data; name=x\r\n\r\n1\r\n--bb--\r\n".utf8)
            }
        },
    ]

    private static func form(_ mistake: Mistake, _ says: String, body: String, arrives: String) -> Mishap {
        Mishap(mistake, says) { mishap in
            mishap.headers = [.init("Content-Type", "application/x-www-form-urlencoded")]
            mishap.body = Array(body.utf8)
            mishap.change = { $0.body = Array(arrives.utf8) }
        }
    }

    static func fixture(_ name: String) -> [UInt8] {
        (try? Fixtures.bytes("Diagnosis/" + name)) ?? []
    }

    private static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
}

extension String {
    /// With everything beyond ASCII as JSON escapes it.
    fileprivate var ascii: String {
        utf16.map { $0 < 0x80 ? String(UnicodeScalar(UInt8($0))) : "\\u" + String($0, radix: 16).leftPadded }.joined()
    }

    private var leftPadded: String { String(repeating: "0", count: 4 - count) + self }
}
