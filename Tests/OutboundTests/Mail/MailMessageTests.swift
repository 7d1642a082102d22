import Foundation
import Testing

@testable import Outbound

@Suite("Mails as they are handed over")
struct MailMessageTests {
    private static func make(
        from: String? = "shop@a.example", to: [String] = ["ann@b.example"], cc: [String] = [], bcc: [String] = [],
        replyTo: [String] = [], subject: String = "Hi", body: String = "Ho", isHTML: Bool = false
    ) throws -> MailMessage {
        try MailMessage(
            from: from, to: to, cc: cc, bcc: bcc, replyTo: replyTo, subject: subject, body: body, isHTML: isHTML,
            date: 1_709_209_845_678, identity: [0, 1, 254, 255])
    }

    private static func text(_ message: MailMessage) -> String { String(decoding: message.bytes, as: UTF8.self) }

    /// The headers, unfolded.
    private static func headers(_ message: MailMessage) -> [String] {
        let head = text(message).components(separatedBy: "\n\n")[0]
        return head.replacing("\n ", with: " ").components(separatedBy: "\n")
    }

    @Test("The whole of one")
    func whole() throws {
        let message = try Self.make(
            to: ["Ann Bee <ann@b.example>", "bob@b.example, \"Doe, Jim\" <jim@b.example>"], cc: ["cc@b.example"],
            bcc: ["hidden@b.example"], replyTo: ["help@a.example"], subject: "Grüße", body: "Größe: 1=1\nEnd")
        #expect(
            Self.text(message) == """
                From: shop@a.example
                To: "Ann Bee" <ann@b.example>,
                 bob@b.example,
                 "Doe, Jim" <jim@b.example>
                Cc: cc@b.example
                Reply-To: help@a.example
                Subject: =?UTF-8?B?R3LDvMOfZQ==?=
                Date: Thu, 29 Feb 2024 12:30:45 +0000
                Message-ID: <0001feff@a.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable
                Auto-Submitted: auto-generated

                Gr=C3=B6=C3=9Fe: 1=3D1
                End

                """)
        #expect(message.sender == "shop@a.example")
        #expect(
            message.recipients
                == ["ann@b.example", "bob@b.example", "jim@b.example", "cc@b.example", "hidden@b.example"])
        #expect(message.identity == "<0001feff@a.example>")
    }

    @Test("Who is only in bcc is in no header")
    func hidden() throws {
        let message = try Self.make(to: [], bcc: ["hidden@b.example"])
        #expect(!Self.text(message).contains("hidden"))
        #expect(Self.headers(message).contains("To: undisclosed-recipients:;"))
        #expect(message.recipients == ["hidden@b.example"])
    }

    @Test("Nobody in particular is the host's postmaster; nobody as sender is the user of this process")
    func defaults() throws {
        let message = try Self.make(from: nil, to: [])
        #expect(message.recipients == ["postmaster"])
        #expect(message.sender == nil)
        let user = try #require(ProcessUser.current)
        #expect(Self.headers(message)[0].hasPrefix("From: \(user.name)@"))
    }

    @Test("HTML says so")
    func html() throws {
        #expect(Self.headers(try Self.make(isHTML: true)).contains("Content-Type: text/html; charset=utf-8"))
    }

    /// What others may have put into a subject or a name: none of it begins a header of its own.
    private static let injections = [
        "a\r\nBcc: evil@c.example", "a\nBcc: evil@c.example", "a\rBcc: evil@c.example", "a\r\n\r\nbody", "a\n\n\nb",
        "a\u{0}b", "a\u{2028}Bcc: x", "a\u{85}Bcc: x", "\r\n .\r\n", "=?UTF-8?Q?a=0D=0ABcc:_evil?=", "ä\r\nBcc: evil@c.example",
        String(repeating: "x", count: 5000), String(repeating: "ü", count: 5000), "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    ]

    @Test("No subject begins a header", arguments: injections)
    func subject(subject: String) throws {
        let message = try Self.make(subject: subject)
        let names = Self.headers(message).map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
                "Auto-Submitted",
            ])
        #expect(message.bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
        #expect(Self.text(message).components(separatedBy: "\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test("An address or a name that would begin a header is refused", arguments: [
        "ann@b.example\r\nBcc: evil@c.example", "Ann\nBcc: evil@c.example <ann@b.example>", "ann@b.example\u{0}",
        "\"Ann\r\nX: y\" <ann@b.example>", "Ann\u{85}X <ann@b.example>",
    ])
    func address(address: String) {
        for field in 0..<4 {
            #expect(throws: OutboundError.self) {
                switch field {
                case 0: try Self.make(from: address)
                case 1: try Self.make(to: [address])
                case 2: try Self.make(bcc: [address])
                default: try Self.make(replyTo: [address])
                }
            }
        }
    }

    @Test("A quote that is escaped ends no name, so that nobody becomes a recipient by what they call themselves")
    func escapedQuote() throws {
        let message = try Self.make(to: [#""\" <evil@c.example>, " <ann@b.example>, "B\\" <bob@b.example>"#])
        #expect(message.recipients == ["ann@b.example", "bob@b.example"])
        #expect(Self.text(message).contains(#"To: "\" <evil@c.example>," <ann@b.example>"#))
    }

    @Test("What is an address", arguments: [
        ("ann@b.example", true), ("a.b+c@d-e.example", true), ("ANN@B.EXAMPLE", true), ("o'brien@b.example", true),
        ("ann@[127.0.0.1]", true), ("ann@[IPv6:::1]", true), ("root", true), ("postmaster", true), ("ann@localhost", true),
        ("-oQ/tmp@b.example", false), ("-f", false), ("--", false), ("|sh@b.example", false), ("/tmp/x@b.example", false),
        ("|sh", false), ("/tmp/x", false), (":include:/etc/passwd", false), ("ann@b..example", false), ("ann.@b.example", false),
        (".ann@b.example", false), ("a..n@b.example", false), ("ann@-b.example", false), ("ann@b.example-", false),
        ("@b.example", false), ("ann@", false), ("ann b@c.example", false), ("ann@b example", false), ("änn@b.example", false),
        ("ann@bücher.example", false), ("\"a b\"@c.example", false), ("ann@[x]", false), ("<>", false),
        (String(repeating: "a", count: 65) + "@b.example", false),
        ("a@" + String(repeating: "b", count: 64) + ".example", false),
        ("a@" + String(repeating: "b.", count: 130) + "example", false),
    ])
    func addresses(address: String, isOne: Bool) {
        #expect(((try? Mailbox(address)) != nil) == isOne)
    }

    @Test("Too many recipients are refused")
    func manyRecipients() throws {
        let many = (0...100).map { "a\($0)@b.example" }
        #expect(throws: OutboundError.self) { try Self.make(to: many) }
        #expect(try Self.make(to: Array(many.dropLast())).recipients.count == 100)
    }

    @Test("Long lines, ends of lines and what programs take for an end survive", arguments: [
        ("a\r\nb\rc\nd", "a\nb\nc\nd\n"), (".", "=2E\n"), ("a\n.\nb", "a\n=2E\nb\n"), ("From me", "=46rom me\n"),
        ("tail ", "tail=20\n"), ("=", "=3D\n"), ("\u{0}", "=00\n"), ("", "\n"),
        (String(repeating: "x", count: 80), String(repeating: "x", count: 75) + "=\n" + String(repeating: "x", count: 5) + "\n"),
        (String(repeating: "x", count: 75) + ".", String(repeating: "x", count: 75) + "=\n=2E\n"),
    ])
    func bodies(body: String, encoded: String) {
        #expect(String(decoding: QuotedPrintable.encode(body), as: UTF8.self) == encoded)
    }
}
