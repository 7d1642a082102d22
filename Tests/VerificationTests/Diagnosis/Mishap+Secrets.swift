import Verification

extension Mishap {
    static let secrets: [Mishap] =
        [
            Mishap(.secretSpace, "white space", secret: "s3cr3t", configured: "s3cr3t "),
            Mishap(.secretSpace, "white space", secret: "s3cr3t", configured: "\ts3cr3t"),
            Mishap(.secretSpace, "white space", secret: "s3cr3t", configured: "s3cr3t\r"),
            Mishap(
                .secretSpace, "white space", secret: "whsec_c2VjcmV0", configured: "whsec_c2VjcmV0 ",
                verify: "standard-webhooks"),
            Mishap(.secretQuotes, "quotes", secret: "s3cr3t", configured: "\"s3cr3t\""),
            Mishap(.secretQuotes, "quotes", secret: "s3cr3t", configured: "'s3cr3t'"),
            Mishap(.secretQuotes, "quotes", secret: "s3cr3t", configured: "“s3cr3t”"),
            Mishap(.secretQuotes, "quotes", secret: "s3cr3t", configured: "„s3cr3t“"),
            Mishap(.secretQuotes, "quotes", secret: "s3cr3t", configured: "`s3cr3t` "),
            Mishap(.secretInvisible, "byte order mark", secret: "s3cr3t", configured: "\u{FEFF}s3cr3t"),
            Mishap(.secretInvisible, "nobody sees", secret: "s3cr3t", configured: "s3c\u{200B}r3t"),
            Mishap(.secretInvisible, "nobody sees", secret: "s3cr3t", configured: "s3cr3t\u{A0}"),
            Mishap(.secretName, "up to the =", secret: "s3cr3t", configured: "GITHUB_SECRET=s3cr3t"),
            Mishap(.secretName, "up to the =", secret: "s3cr3t", configured: "export GITHUB_SECRET=\"s3cr3t\""),
            Mishap(.secretName, "up to the colon", secret: "s3cr3t", configured: "secret: s3cr3t"),
            Mishap(
                .secretName, "up to the space", secret: "s3cr3t", configured: "Bearer s3cr3t", verify: "token bearer"),
            Mishap(.secretEscapes, #"\n is taken off"#, secret: "s3cr3t", configured: #"s3cr3t\n"#),
            Mishap(.secretEscapes, "percent escapes", secret: "s3c+r3t==", configured: "s3c%2Br3t%3D%3D"),
            Mishap(.secretEscapes, "comma", secret: "s3cr3t", configured: "\"s3cr3t\","),
            Mishap(.secretEscapes, "semicolon", secret: "s3cr3t", configured: "s3cr3t;"),
            Mishap(.secretLines, "one secret", secret: "s3cr3t-of-two-lines", configured: "s3cr3t-of\n-two-lines"),
            Mishap(.secretLineEnd, "line feed at its end") { mishap in
                mishap.signs = "hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= key=base64"
                mishap.secret = "czNjcjN0LWxpbmUK"
                mishap.configured = "s3cr3t-line"
            },
            Mishap(.secretLineEnd, "CR LF, at its end") { mishap in
                mishap.signs = "hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= key=base64"
                mishap.secret = "czNjcjN0LWxpbmUNCg=="
                mishap.configured = "s3cr3t-line"
            },
            Mishap(.secretQuotes, "as it was entered at the sender", secret: "\"s3cr3t\"", configured: "s3cr3t"),
            Mishap(.secretQuotes, "as it was entered at the sender", secret: "'s3cr3t'", configured: "s3cr3t"),
            // With the line feed that echo adds.
            Mishap(.secretBase64, "Kubernetes", secret: "s3cr3t-of-old", configured: "czNjcjN0LW9mLW9sZAo="),
            Mishap(
                .secretBase64, "Kubernetes", secret: "whsec_c2VjcmV0", configured: "d2hzZWNfYzJWamNtVjA=",
                verify: "standard-webhooks"),
            keyed(
                "utf8", secret: "c2VjcmV0", .secretBase64, "whsec_ is taken off", verify: "base64 key-prefix=whsec_",
                configured: "whsec_c2VjcmV0"),
            keyed(
                "base64", secret: "AP8Qqw==", .secretHexadecimal, "what follows whsec_",
                verify: "base64 key-prefix=whsec_", configured: "whsec_00ff10ab"),
            Mishap(
                .secretPrefix, "begins with whsec_", secret: "whsec_c2VjcmV0", configured: "c2VjcmV0", verify: "stripe"),
            Mishap(.secretPrefix, "whsec_ is taken off", secret: "s3cr3t", configured: "whsec_s3cr3t"),
            Mishap(.secretPrefix, "sha256= is taken off", secret: "s3cr3t", configured: "sha256=s3cr3t"),
            keyed(
                "base64", secret: "c2VjcmV0IQ==", .secretPrefix, "what follows base64:",
                configured: "base64:c2VjcmV0IQ=="),
            keyed("base64", secret: "c2VjcmV0IQ==", .secretBase64, "decoded from base 64", configured: "c2VjcmV0IQ=="),
            keyed(
                "utf8", secret: "c2VjcmV0IQ==", .secretBase64, "the key as it is", verify: "base64",
                configured: "c2VjcmV0IQ=="),
            keyed("utf8", secret: "c2VjcmV0IQ==", .secretBase64, "written in base 64", configured: "secret!"),
            keyed("utf8", secret: "c2VjcmV0IQ==", .secretBase64, "has the = signs", configured: "c2VjcmV0IQ"),
            keyed(
                "base64", secret: "+/+/AAEC", .secretURLSafe, "- and _ in place of", verify: "base64",
                configured: "-_-_AAEC"),
            keyed("utf8", secret: "-_-_AAEC", .secretURLSafe, "has - and _", configured: "+/+/AAEC"),
            keyed("utf8", secret: "+/+/AAEC", .secretURLSafe, "has + and /", configured: "-_-_AAEC"),
            keyed("hex", secret: "00ff10ab", .secretHexadecimal, "decoded from hexadecimal", configured: "00ff10ab"),
            keyed(
                "utf8", secret: "00ff10ab", .secretHexadecimal, "the key as it is", verify: "hex",
                configured: "00ff10ab"),
            keyed(
                "base64", secret: "AP8Qqw==", .secretHexadecimal, "decoded from hexadecimal", verify: "base64",
                configured: "00FF10AB"),
            keyed(
                "utf8", secret: "67656865696d6573", .secretHexadecimal, "written in hexadecimal", configured: "geheimes"
            ),
            keyed(
                "utf8", secret: "AP8Qqw==", .secretHexadecimal, "in hexadecimal are written in base 64",
                configured: "00ff10ab"),
            Mishap(.secretLetterCase, "small letters", secret: "0a1b2c3d4e", configured: "0A1B2C3D4E"),
            Mishap(.secretLetterCase, "capitals", secret: "0A1B2C3D4E", configured: "0a1b2c3d4e"),
            Mishap(.secretOther, "another secret, that in line 1 of file:/secrets") { mishap in
                (mishap.configured, mishap.others) = ("s3cr3t-of-another", [mishap.secret])
            },
            Mishap(.secretTestMode, "publishes for its tests") { mishap in
                (mishap.verify, mishap.secret) = ("zendesk", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==")
                mishap.configured = "s3cr3t-of-zendesk"
            },
            Mishap(.secretTestMode, "/livemode") { mishap in
                (mishap.verify, mishap.secret, mishap.configured) = (
                    "stripe", "whsec_of_test_mode", "whsec_of_live_mode"
                )
                mishap.body = Array(#"{"id":"evt_1","livemode":false}"#.utf8)
                mishap.isProved = false
            },
            Mishap(.secretKind, "API key of Stripe") { mishap in
                (mishap.verify, mishap.secret, mishap.configured) = (
                    "stripe", "whsec_of_the_webhook", "sk_live_abcdefghijklmnop"
                )
                mishap.isProved = false
            },
            Mishap(.secretKind, "does not begin with whsec_") { mishap in
                (mishap.verify, mishap.secret, mishap.configured) = ("stripe", "whsec_of_the_webhook", "something-else")
                mishap.isProved = false
            },
            Mishap(.secretKind, "bot token of Slack") { mishap in
                (mishap.verify, mishap.configured, mishap.isProved) = ("slack", "xoxb-1234567890-abcdefgh", false)
            },
        ] + keys

    /// A secret that becomes a key by one rule, and a location that has another rule.
    private static func keyed(
        _ rule: String, secret: String, _ mistake: Mistake, _ says: String, verify: String = "utf8", configured: String
    ) -> Mishap {
        Mishap(mistake, says) { mishap in
            mishap.signs = "hmac-sha256 header=X-S key=\(rule)"
            mishap.verify = "hmac-sha256 header=X-S key=\(verify)"
            (mishap.secret, mishap.configured) = (secret, configured)
        }
    }

    // MARK: Keys in PEM

    private static let privateKey =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA+GzX4Wccpclkpu0V+ENiaUnW4W8/KXMkcWz5URGq2V\n-----END PRIVATE KEY-----"
    private static let publicKey = [
        "-----BEGIN PUBLIC KEY-----", "MCowBQYDK2VwAyEAB/U1Zxz/q2nh2T1FeBPR4Eq7MXl1PvP+yJivjCv8SeY=",
        "-----END PUBLIC KEY-----",
    ]

    private static let keys: [Mishap] = [
        (Mistake.secretEscapes, #"\n is written as a line end"#, "\"" + publicKey.joined(separator: #"\n"#) + "\""),
        (.secretURLSafe, "the key has + and /", "B_U1Zxz_q2nh2T1FeBPR4Eq7MXl1PvP-yJivjCv8SeY"),
        (.secretQuotes, "quotes", "'07f535671cffab69e1d93d457813d1e04abb3179753ef3fec898af8c2bfc49e6'"),
        (.secretName, "up to the =", "PUBLIC_KEY=07f535671cffab69e1d93d457813d1e04abb3179753ef3fec898af8c2bfc49e6"),
    ].map { mistake, says, configured in
        Mishap(mistake, says) { mishap in
            (mishap.verify, mishap.secret, mishap.configured) = ("discord", privateKey, configured)
            mishap.body = Array(#"{"id":"1","type":2}"#.utf8)
        }
    }
}
