import Gateway
import Testing

@Suite("Environment")
struct EnvironmentTests {
    static let environment = Environment([
        (name: "REQUEST_METHOD", value: "POST"), (name: "POSTERN_VERIFY", value: "github"),
        (name: "HTTP_X_HUB_SIGNATURE_256", value: "sha256=aa"), (name: "POSTERN_VERIFY", value: "none"),
        (name: "HTTP_X_HUB_SIGNATURE_256", value: "sha256=bb"), (name: "EMPTY", value: ""),
        (name: "POSTERN", value: "no setting"),
    ])

    @Test("A name given twice is kept twice, in its order, and looked up as the first")
    func repeated() {
        #expect(Self.environment.values(of: "POSTERN_VERIFY") == [Array("github".utf8), Array("none".utf8)])
        #expect(Self.environment.value("POSTERN_VERIFY") == "github")
        #expect(Self.environment.count == 7)
    }

    @Test("An empty value is there, an absent one is not")
    func absent() {
        #expect(Self.environment.value("EMPTY") == "")
        #expect(Self.environment.bytes("EMPTY") == [])
        #expect(Self.environment.value("POSTERN_VERIF") == nil)
        #expect(Self.environment.value("POSTERN_VERIFYX") == nil)
        #expect(!Self.environment.contains("empty"))
        #expect(Self.environment.value("REQUEST_METHOD", is: "POST"))
        #expect(!Self.environment.value("REQUEST_METHOD", is: "POS"))
        #expect(!Self.environment.value("NONE", is: ""))
    }

    @Test("Values are any bytes")
    func bytes() {
        let environment = Environment([(name: "HTTP_X", value: [0xFF, 0x3D, 0x80, 0x0A])])
        #expect(environment.bytes("HTTP_X") == [0xFF, 0x3D, 0x80, 0x0A])
        #expect(environment.header("X") == [[0xFF, 0x3D, 0x80, 0x0A]])
        #expect(environment.value("HTTP_X") == "\u{FFFD}=\u{FFFD}\n")
    }

    @Test("Entries of a prefix are lent with their whole names")
    func prefix() {
        var found: [String] = []
        Self.environment.forEach(prefix: "POSTERN_") { name, value in
            found.append(text(name) + "=" + text(value))
        }
        #expect(found == ["POSTERN_VERIFY=github", "POSTERN_VERIFY=none"])
    }

    @Test(
        "A header is found in any letter case, with all its values",
        arguments: [
            ("X-Hub-Signature-256", 2), ("x-hub-signature-256", 2), ("X-HUB-SIGNATURE-256", 2),
            ("X-Hub-Signature", 0), ("Hub-Signature-256", 0), ("", 0), ("Method", 0),
        ])
    func header(name: String, count: Int) {
        #expect(Self.environment.header(name).count == count)
    }

    @Test(
        "Content-Type is taken from where the web server put it",
        arguments: [
            ([("CONTENT_TYPE", "a")], ["a"]),  // Apache
            ([("CONTENT_TYPE", "a"), ("HTTP_CONTENT_TYPE", "a")], ["a"]),  // nginx
            ([("CONTENT_TYPE", "a"), ("HTTP_CONTENT_TYPE", "a"), ("HTTP_CONTENT_TYPE", "b")], ["a", "b"]),
            ([("CONTENT_TYPE", "")], []),  // nginx without the header
            ([("HTTP_CONTENT_TYPE", "a")], ["a"]),
            ([], []),
        ] as [([(String, String)], [String])])
    func contentType(entries: [(String, String)], expected: [String]) {
        let environment = Environment(entries.map { (name: $0.0, value: $0.1) })
        #expect(environment.header("content-type") == expected.map { Array($0.utf8) })
        var lent: [String] = []
        environment.forEachHeader { name, value in
            if text(name) == "CONTENT_TYPE" { lent.append(text(value)) }
        }
        #expect(lent == expected)
    }

    private func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}
