import Verification

extension Mishap {
    static let schemes: [Mishap] = [
        signed("github", as: "stripe", .otherSender, "signs: write stripe"),
        signed("stripe", as: "elevenlabs", .otherSender, "write elevenlabs"),
        signed("elevenlabs", as: "stripe", .otherSender, "write stripe"),
        signed("stripe", as: "github", .otherSender, "write github"),
        signed("stripe", as: "intercom", .otherSender, "write intercom"),
        signed("intercom", as: "bitbucket-cloud", .otherSender, "write bitbucket-cloud"),
        signed("asana", as: "netbox", .otherSender, "write netbox"),
        signed("netbox", as: "asana", .otherSender, "write asana"),
        signed("gocardless", as: "standard-webhooks", .otherSender, "standard-webhooks", secret: "whsec_c2VjcmV0"),
        signed("standard-webhooks", as: "gocardless", .otherSender, "write gocardless", secret: "whsec_c2VjcmV0"),
        signed("standard-webhooks", as: "svix", .otherSender, "write svix", secret: "whsec_c2VjcmV0"),
        signed("clerk", as: "openai", .otherSender, "standard-webhooks", secret: "whsec_c2VjcmV0"),
        signed("standard-webhooks", as: "supabase-auth-hooks", .secretPrefix, "v1,whsec_", secret: "v1,whsec_c2VjcmV0"),
        signed(
            "github", as: "mailgun", .otherSender, "write mailgun",
            body: #"{"signature":{"token":"t"},"event-data":{"id":"x"}}"#),
        signed("stripe", as: "netlify", .otherSender, "write netlify"),
        Mishap(.otherSender, "x-vercel-signature, which vercel sends") { mishap in
            (mishap.verify, mishap.signs, mishap.configured, mishap.isProved) = (
                "github", "vercel", "s3cr3t-of-github", false
            )
        },
        signed("github", as: "hmac-sha1 header=X-Hub-Signature prefix=sha1=", .formerRule, "former rule of github"),
        signed(
            "square", as: "hmac-sha1 header=X-Square-Signature signed={url}{body} encoding=base64", .formerRule,
            "former rule of square"),
        signed("slack", as: "token json=/token", .formerRule, "verification token in the body"),
        signed(
            "hmac-sha256 header=X-Hub-Signature prefix=sha256=", as: "hmac-sha1 header=X-Hub-Signature prefix=sha1=",
            .signatureAlgorithm, "SHA-1 in place of SHA-256"),
        signed(
            "hmac-sha256 header=X-S", as: "hmac-sha512 header=X-S", .signatureAlgorithm, "SHA-512 in place of SHA-256"),
        signed(
            "hmac-sha256 header=X-S", as: "digest-sha256 header=X-S signed={secret}{body}", .signatureAlgorithm,
            "write digest-sha256"),
        signed(
            "digest-md5 header=X-S signed={secret}{body}", as: "hmac-md5 header=X-S", .signatureAlgorithm,
            "write hmac-md5"),
        key("signature=raw", as: "signature=der", .signatureAlgorithm, "signature=der"),
        key("encoding=base64", as: "encoding=hex", .signatureForm, "read as hexadecimal"),
        signed(
            "vonage",
            as: "jws header=Authorization algorithm=HS256 body-claim=payload_hash iss=Vonage timestamp-claim=iat",
            .signatureForm, "with Bearer before the token"),
        signed(
            "plaid",
            as: "jws header=Plaid-Verification prefix=\"Bearer \" algorithm=ES256 body-claim=request_body_sha256 "
                + "timestamp-claim=iat", .signatureForm, "the token alone", secret: ellipticKey),
        signed(
            "github", as: "hmac-sha256 header=X-Hub-Signature-256 encoding=base64", .signatureForm, "read as base 64"),
        signed("github", as: "hmac-sha256 header=X-Hub-Signature-256", .signatureForm, "after sha256="),
        signed("shopify", as: "hmac-sha256 header=X-Shopify-Hmac-SHA256", .signatureForm, "read as hexadecimal"),
        signed("shopify", as: "hmac-sha256 header=X-Shopify-Hmac-SHA256 encoding=base64url", .signatureForm, "base 64"),
        signed(
            "stripe",
            as:
                "hmac-sha256 header=Stripe-Signature items=, pair== tag=v1 timestamp-tag=t signed={timestamp}.{body} encoding=base64",
            .signatureForm, "read as base 64"),
        signed(
            "hmac-sha256 header=X-S",
            as: "hmac-sha256 header=X-S signed={timestamp}.{body} timestamp-header=X-Timestamp", .signedBytes,
            "signed={timestamp}.{body} timestamp-header=X-Timestamp"),
        signed(
            "stripe",
            as: "hmac-sha256 header=Stripe-Signature items=, pair== tag=v1 timestamp-tag=t signed={timestamp}{body}",
            .signedBytes,
            "signed={timestamp}{body}"),
        signed(
            "hmac-sha256 header=X-S signed={url}{body}", as: "hmac-sha256 header=X-S", .signedBytes, "signed={body}"),
        signed(
            "hmac-sha256 header=X-S signed={url}{body}", as: "hmac-sha256 header=X-S signed={body}{url}", .signedBytes,
            "signed={body}{url}"),
        signed(
            "hmac-sha256 header=X-S", as: "hmac-sha256 header=X-S signed={id}.{body} id-header=X-Request-Id",
            .signedBytes, "id-header=X-Request-Id"),
        signed(
            "stripe",
            as: "hmac-sha256 header=Stripe-Signature items=, pair== tag=v0 timestamp-tag=t signed={timestamp}.{body}",
            .signatureForm, "around it: the scheme expects it after v1="),
        Mishap(.signatureForm, "around it: the scheme expects it after sha256=") { mishap in
            mishap.change = { $0.set("X-Hub-Signature-256") { Array("sha256= ".utf8) + $0.dropFirst(7) } }
        },
        Mishap(.signatureCut, "has 31 bytes, and 32 are expected") { mishap in
            mishap.isProved = false
            mishap.change = { $0.set("X-Hub-Signature-256") { $0.dropLast() } }
        },
        Mishap(.signatureCut, "has 16 bytes, and 32 are expected") { mishap in
            mishap.isProved = false
            mishap.change = { $0.set("X-Hub-Signature-256") { Array($0.prefix(39)) } }
        },
    ]

    static let headers: [Mishap] = [
        Mishap(.headerName, "X-Hub-Signature-256 came as X_Hub_Signature_256; nginx") { mishap in
            mishap.change = { $0.rename("X-Hub-Signature-256", "X_Hub_Signature_256") }
        },
        Mishap(.headerName, "came as X-Forwarded-X-Hub-Signature-256") { mishap in
            mishap.change = { $0.rename("X-Hub-Signature-256", "X-Forwarded-X-Hub-Signature-256") }
        },
        Mishap(.headerName, "came as Hub-Signature-256") { mishap in
            mishap.change = { $0.rename("X-Hub-Signature-256", "Hub-Signature-256") }
        },
        Mishap(.headerName, "X-Slack-Request-Timestamp came as X-Request-Timestamp") { mishap in
            mishap.verify = "slack"
            mishap.change = { request in
                request.rename("X-Slack-Signature", "SlackSignature")
                request.rename("X-Slack-Request-Timestamp", "X-Request-Timestamp")
            }
        },
        Mishap(.headerName, "is that the one that is meant") { mishap in
            (mishap.configured, mishap.isProved) = ("s3cr3t-of-another", false)
            mishap.change = { $0.rename("X-Hub-Signature-256", "X-Hub-Signature256") }
        },
        Mishap(.headerMissing, "a proxy drops the header") { mishap in
            mishap.isProved = false
            mishap.change = { $0.headers.removeAll { $0.name == "X-Hub-Signature-256" } }
        },
        Mishap(.headerMissing, "underscores_in_headers") { mishap in
            (mishap.verify, mishap.isProved) = ("hmac-sha256 header=x_signature", false)
            mishap.change = { $0.headers = [] }
        },
        Mishap(.headerMissing, "CGIPassAuth") { mishap in
            (mishap.verify, mishap.isProved) = ("token bearer", false)
            mishap.change = { $0.headers.removeAll { $0.name == "Authorization" } }
        },
        Mishap(.headerMissing, "came without a value") { mishap in
            mishap.isProved = false
            mishap.change = { $0.set("X-Hub-Signature-256") { _ in [] } }
        },
        Mishap(.headerRepeated, "it came 2 times") { mishap in
            mishap.change = { request in request.headers += request.headers.filter { $0.name == "X-Hub-Signature-256" }
            }
        },
        Mishap(.headerRepeated, "value number 2") { mishap in
            mishap.change = { $0.headers.insert(("X-Hub-Signature-256", Array("sha256=00".utf8)), at: 0) }
        },
        Mishap(.headerRepeated, "twice in one") { mishap in
            mishap.change = { $0.set("X-Hub-Signature-256") { $0 + Array(", ".utf8) + $0 } }
        },
        Mishap(.headerValue, "the quotes around the value") { mishap in
            mishap.change = { $0.set("X-Hub-Signature-256") { Array("\"".utf8) + $0 + Array("\"".utf8) } }
        },
        Mishap(.headerValue, "white space around the value") { mishap in
            mishap.change = { $0.set("X-Hub-Signature-256") { $0 + Array(" ".utf8) } }
        },
        Mishap(.headerValue, "percent escapes") { mishap in
            mishap.change = { $0.set("X-Hub-Signature-256") { Array("sha256%3D".utf8) + $0.dropFirst(7) } }
        },
    ]

    static let tokens: [Mishap] = [
        token("token header=X-Token", as: "token bearer", .tokenPlace, "write token bearer"),
        token("token bearer", as: "token header=X-Token", .tokenPlace, "write token header=X-Token"),
        token("token header=X-Token", as: "token query=key", .tokenPlace, "write token query=key"),
        token("token query=key", as: "token query=token", .tokenPlace, "write token query=token"),
        token("token bearer", as: "token json=/auth", .tokenPlace, "write token json=/auth"),
        token(
            "gitlab", as: "token header=Authorization prefix=\"Token \"", .tokenPlace,
            "header=Authorization prefix=\"Token \""),
        token("gitlab-signing-token", as: "gitlab", .tokenPlace, "the secret itself stands in X-Gitlab-Token"),
        token(
            "token header=X-Token", as: "token header=X-Token prefix=\"Bearer \"", .tokenPrefix, "behind \"Bearer \""),
        token("token bearer", as: "token header=Authorization", .tokenPrefix, "without what is expected before it"),
        token(
            "token header=X-Token prefix=\"Key \"", as: "token header=X-Token prefix=\"Token \"", .tokenPrefix,
            "prefix=\"Token \""),
        Mishap(.tokenPlace, "the form's field token") { mishap in
            (mishap.verify, mishap.signs, mishap.body) = ("token bearer", "token form=token", Array("a=b".utf8))
            mishap.headers = [.init("Content-Type", "application/x-www-form-urlencoded")]
        },
        Mishap(.tokenLetterCase, "letter case only") { mishap in
            (mishap.verify, mishap.secret, mishap.configured) = ("gitlab", "S3cr3t-Token", "s3Cr3t-tOken")
        },
        password("another one than in line 1 of file:/secrets", secret: "other:s3cr3t-password"),
        password("their base 64 lacks the =") {
            $0.set("Authorization") { Array($0.prefix { $0 != UInt8(ascii: "=") }) }
        },
        password("not in base 64") { $0.set("Authorization") { _ in Array("Basic user:s3cr3t-password".utf8) } },
        password("without its user") { $0.set("Authorization") { _ in Array("Basic czNjcjN0LXBhc3N3b3Jk".utf8) } },
    ]

    static let all = secrets + bodies + times + addresses + schemes + headers + tokens

    private static func signed(
        _ verify: String, as signs: String, _ mistake: Mistake, _ says: String, secret: String? = nil,
        body: String? = nil
    ) -> Mishap {
        Mishap(mistake, says) { mishap in
            (mishap.verify, mishap.signs) = (verify, signs)
            if let secret { mishap.secret = secret }
            if let body { mishap.body = Array(body.utf8) }
            if mistake == .signedBytes { mishap.url = mishap.sent }
        }
    }

    private static func key(_ verify: String, as signs: String, _ mistake: Mistake, _ says: String) -> Mishap {
        signed(
            "ecdsa-p256-sha256 header=X-S \(verify)", as: "ecdsa-p256-sha256 header=X-S \(signs)", mistake, says,
            secret: ellipticKey)
    }

    private static let ellipticKey = [
        "-----BEGIN PRIVATE KEY-----", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrlu5EywSs6zlQCLw",
        "cj+wfaPuMhAa8821GFiNAoJahBChRANCAASTHV6zdLjlIpCr/ChUX7Xb5Vb/0G2S",
        "q6Sv3uHuE3QueQ34k/uwJR/7C34ZcWsiU3GFNNEGQmuCqzSgpJbY/6jj",
        "-----END PRIVATE KEY-----",
    ].joined(separator: "\n")

    private static func token(_ verify: String, as signs: String, _ mistake: Mistake, _ says: String) -> Mishap {
        Mishap(mistake, says) { mishap in
            (mishap.verify, mishap.signs, mishap.secret) = (verify, signs, "whsec_c2VjcmV0VG9rZW4=")
        }
    }

    private static func password(
        _ says: String, secret: String = "user:s3cr3t-password",
        _ change: @escaping @Sendable (inout TestRequest) -> Void = { _ in }
    ) -> Mishap {
        Mishap(.tokenUser, says) { mishap in
            (mishap.verify, mishap.secret, mishap.configured) = ("basic", secret, "user:s3cr3t-password")
            mishap.change = change
        }
    }
}

extension TestRequest {
    fileprivate mutating func set(_ name: String, _ change: ([UInt8]) -> [UInt8]) {
        for index in headers.indices where headers[index].name == name {
            headers[index].value = change(headers[index].value)
        }
    }

    fileprivate mutating func rename(_ name: String, _ other: String) {
        for index in headers.indices where headers[index].name == name { headers[index].name = other }
    }
}
