import Verification

extension Mishap {
    private static let token = "jws header=X-Token algorithm=HS256 body-claim=digest claims=exp,iat"
    private static let timestamped = "hmac-sha256 header=X-S signed={timestamp}.{body} timestamp-header=X-Time"

    static let times: [Mishap] = [
        Mishap(.timeUnit, "counts milliseconds, not seconds") { mishap in
            (mishap.verify, mishap.signs) = (timestamped, timestamped + " timestamp-unit=ms")
        },
        Mishap(.timeUnit, "counts seconds, not milliseconds") { mishap in
            (mishap.verify, mishap.signs) = (timestamped + " timestamp-unit=ms", timestamped)
        },
        Mishap(.timeUnit, "counts a date as text, not seconds") { mishap in
            (mishap.verify, mishap.signs) = (timestamped, timestamped + " timestamp-unit=rfc3339")
        },
        Mishap(.timeUnit, "counts seconds, not a date as text") { mishap in
            (mishap.verify, mishap.signs) = (timestamped + " timestamp-unit=rfc3339", timestamped)
        },
        Mishap(.timeClock, "6 min 40 s behind") { ($0.verify, $0.late) = ("stripe", 400) },
        Mishap(.timeClock, "6 min 40 s ahead of") { ($0.verify, $0.late) = ("stripe", -400) },
        Mishap(.timeZone, "2 h 0 min behind") { ($0.verify, $0.late) = ("stripe", 7203) },
        Mishap(.timeZone, "5 h 30 min ahead of") { ($0.verify, $0.late) = ("stripe", -19_800) },
        Mishap(.timeOld, "10 days behind") { ($0.verify, $0.late) = ("stripe", 864_000) },
        Mishap(.timeOld, "--at 1760000000") { ($0.verify, $0.late) = ("stripe", 3000) },
        // No setting makes a token count longer than it says.
        Mishap(.timeClock, "POSTERN_TOLERANCE does not make a token count longer") { ($0.verify, $0.late) = (token, 400) },
        Mishap(.timeOld, "POSTERN_TOLERANCE does not make a token count longer") { ($0.verify, $0.late) = (token, 40_000) },
        Mishap(.timeClock, "6 min 40 s ahead of the time of receipt: set both clocks by NTP") { ($0.verify, $0.late) = (token, -400) },
    ]

    static let addresses: [Mishap] = [
        Mishap(.addressOrigin, "POSTERN_URL begins with https: and is https://hooks.example.com") { mishap in
            (mishap.verify, mishap.url) = ("square", "http://hooks.example.com")
        },
        Mishap(.addressOrigin, "https://hooks.example.com:8443") { mishap in
            (mishap.verify, mishap.sent, mishap.url) = (
                "square", "https://hooks.example.com:8443", "https://hooks.example.com"
            )
        },
        Mishap(.addressOrigin, "https://hooks.example.com,") { mishap in
            (mishap.verify, mishap.url) = ("square", "https://hooks.example.com:8080")
        },
        Mishap(.addressOrigin, "https://www.example.com") { mishap in
            (mishap.verify, mishap.sent, mishap.url) = ("square", "https://www.example.com", "https://example.com")
        },
        Mishap(.addressOrigin, "https://hooks.example.com") { mishap in
            (mishap.verify, mishap.url) = ("square", "http://10.0.0.7:8080")
            mishap.headers = [.init("Host", "10.0.0.7"), .init("X-Forwarded-Host", "hooks.example.com")]
        },
        address(.addressPath, "without the / at the end", sent: "/in", arrives: "/in/"),
        address(.addressPath, "with a / at the end", sent: "/in/?a=b", arrives: "/in?a=b"),
        address(.addressPath, "without /app at the start", sent: "/hooks/in", arrives: "/app/hooks/in"),
        address(.addressPath, "with /webhooks before the path", sent: "/webhooks/in", arrives: "/in"),
        address(
            .addressPath, "which X-Forwarded-Prefix names", sent: "/some/where/in", arrives: "/in",
            .init("X-Forwarded-Prefix", "/some/where/")),
        address(.addressPath, "made twice", sent: "/in/a%2520b", arrives: "/in/a%20b"),
        address(.addressPath, "undone once", sent: "/in/a%20b", arrives: "/in/a%2520b"),
        address(.addressPath, "path escaped", sent: "/in/a%20b", arrives: "/in/a b"),
        address(.addressPath, "one / in place of two", sent: "/in/x", arrives: "//in/x"),
        address(.addressQuery, "without the query", sent: "/in", arrives: "/in?added=1"),
        address(.addressQuery, "encoded anew", sent: "/in?a=b%20c&d=%2f", arrives: "/in?a=b+c&d=%2F"),
        address(
            .addressQuery, "X-Original-URI", sent: "/in?tenant=7", arrives: "/in",
            .init("X-Original-URI", "/in?tenant=7")),
        Mishap(.addressPath, "without the / behind the host") { mishap in
            // What is signed is the address and the body one after the other.
            mishap.signs = "hmac-sha256 header=x-square-hmacsha256-signature signed={body} encoding=base64"
            (mishap.verify, mishap.uri) = ("square", "/")
            mishap.body = Array("https://hooks.example.com{}".utf8)
            mishap.change = { $0.body = Array("{}".utf8) }
        },
        Mishap(.addressPath, "if POSTERN_URL is https://hooks.example.com") { mishap in
            (mishap.verify, mishap.url, mishap.uri) = ("square", "http://hooks.example.com", "/in/")
            mishap.change = { $0.uri = Array("/in".utf8) }
        },
        Mishap(.addressOrigin, "https://hooks.example.com") { mishap in
            (mishap.verify, mishap.url, mishap.body) = ("twilio", "http://hooks.example.com", Array("a=b".utf8))
        },
        Mishap(.addressPath, "with a / at the end") { mishap in
            (mishap.verify, mishap.uri) = ("contentful", "/in/")
            mishap.change = { $0.uri = Array("/in".utf8) }
        },
        Mishap(.addressQuery, "has dropped the query") { mishap in
            (mishap.verify, mishap.isProved) = ("hmac-sha256 query=sig", false)
            mishap.change = { $0.uri = Array("/in".utf8) }
        },
    ]

    private static func address(
        _ mistake: Mistake, _ says: String, sent: String, arrives: String, _ headers: OutgoingMessage.Header...
    ) -> Mishap {
        Mishap(mistake, says) { mishap in
            (mishap.verify, mishap.uri, mishap.headers) = ("square", sent, headers)
            mishap.change = { $0.uri = Array(arrives.utf8) }
        }
    }
}
