import Testing

@testable import Values

@Suite("Multipart forms")
struct MultipartTests {
    static let type = "multipart/form-data; boundary=X"

    /// A body with CR LF where the source has line breaks.
    static func body(_ lines: String) -> [UInt8] {
        Array(lines.replacing("\n", with: "\r\n").utf8)
    }

    static let sample = body(
        """
        a preamble
        --X
        Content-Disposition: form-data; name="title"

        first
        second
        --X
        content-disposition: form-data; name="photos[]"; filename="C:\\folder\\a b.png"
        Content-Type: image/png
        X-Other: ignored

        \0\u{7f}--X--
        --X  
        Content-Disposition: form-data; name=empty


        --X--
        an epilogue
        """)

    @Test("Parts are ranges of the body, with name, file name and type")
    func parts() throws {
        let parts = try Multipart(Self.sample, contentType: Self.type).parts
        #expect(parts.map(\.name) == ["title", "photos[]", "empty"])
        #expect(parts.map(\.filename) == [nil, "a b.png", nil])
        #expect(parts.map(\.contentType) == [nil, "image/png", nil])
        #expect(parts.map { Text(contentsOf: Self.sample[$0.range]) } == ["first\r\nsecond", "\0\u{7f}--X--", ""])
    }

    @Test("As a value, fields are text and files are objects")
    func value() throws {
        let value = try Multipart(Self.sample, contentType: Self.type).value(of: Self.sample)
        let file: Value = [
            "name": "a b.png", "type": "image", "size": 7, "mime": "image/png", "data": "\0\u{7f}--X--",
        ]
        #expect(value == ["title": "first\r\nsecond", "photos": [file], "empty": ""])
    }

    @Test("Any bytes pass, also those that look almost like the boundary")
    func binary() throws {
        let data: [UInt8] = Array("\r\n--Y\r\n--\r\r\n-X--X".utf8) + (0...255).map { UInt8($0) }
        let head = Self.body("--X\nContent-Disposition: form-data; name=f; filename=f\n\n")
        let body = head + data + Self.body("\n--X--")
        let multipart = try Multipart(body, contentType: Self.type)
        #expect(multipart.parts.count == 1)
        #expect(multipart.parts.first.map { Array(body[$0.range]) } == data)
    }

    @Test(
        "Quoted boundaries and names are unquoted",
        arguments: [
            (#"multipart/form-data; charset=utf-8; boundary="a b:c""#, "--a b:c"), ("Multipart/Form-Data;BOUNDARY=abc", "--abc"),
        ])
    func quoting(contentType: String, delimiter: String) throws {
        let body = Self.body(delimiter + "\nContent-Disposition: form-data; name=\"a\\\"b%22c\"\n\nx\n" + delimiter + "--")
        #expect(try Multipart(body, contentType: contentType).parts.map(\.name) == ["a\"b\"c"])
    }

    @Test(
        "A malformed body is refused with the reason",
        arguments: [
            ("", .noPart), ("no boundary", .noPart), ("x--X\n\n--X", .noPart),
            ("--X\nContent-Disposition: form-data; name=a\n\nx", .unterminated),
            ("--X\nContent-Disposition: form-data; name=a", .unterminated), ("--X\n", .unterminated),
            ("--X\n\nx\n--X--", .noName), ("--X\nContent-Disposition: form-data\n\nx\n--X--", .noName),
            ("--X\nContent-Disposition: attachment; name=a\n\nx\n--X--", .noName),
            ("--X\nno header\n\nx\n--X--", .malformedHeader), ("--X\n: x\n\nx\n--X--", .malformedHeader),
            ("--X\nContent-Disposition: form-data; name=\"a\n\nx\n--X--", .malformedHeader),
        ] as [(String, MultipartError.Kind)])
    func malformed(source: String, kind: MultipartError.Kind) {
        let error = #expect(throws: MultipartError.self) {
            try Multipart(Self.body(source), contentType: Self.type)
        }
        #expect(error?.kind == kind)
    }

    @Test(
        "A Content-Type without a usable boundary is refused",
        arguments: [
            ("multipart/form-data", .noBoundary), ("application/json; boundary=X", .noBoundary), ("", .noBoundary),
            ("multipart/form-data; boundary=\"\"", .malformedBoundary),
            ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), .malformedBoundary),
        ] as [(String, MultipartError.Kind)])
    func boundary(contentType: String, kind: MultipartError.Kind) {
        let error = #expect(throws: MultipartError.self) { try Multipart(Self.sample, contentType: contentType) }
        #expect(error?.kind == kind)
    }

    @Test("A closing boundary alone is a form without fields")
    func empty() throws {
        #expect(try Multipart(Self.body("--X--"), contentType: Self.type).parts.isEmpty)
    }

    @Test("Parts, headers and the length of a header are bounded")
    func bounds() throws {
        var limits = Multipart.Limits()
        limits.parts = 2
        #expect(throws: MultipartError.self) { try Multipart(Self.sample, contentType: Self.type, limits: limits) }
        limits = Multipart.Limits()
        limits.headers = 2
        #expect(throws: MultipartError.self) { try Multipart(Self.sample, contentType: Self.type, limits: limits) }
        limits.headers = 3
        limits.headerLength = 40
        #expect(throws: MultipartError.self) { try Multipart(Self.sample, contentType: Self.type, limits: limits) }
        limits.headerLength = 80
        #expect(try Multipart(Self.sample, contentType: Self.type, limits: limits).parts.count == 3)
    }
}
