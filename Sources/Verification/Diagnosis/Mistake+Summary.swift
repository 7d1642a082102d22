extension Mistake {
    /// What is recognised, for the documentation.
    package var summary: String {
        switch part {
        case .secret: secretSummary
        case .body: bodySummary
        case .time, .address: roundaboutSummary
        case .scheme: schemeSummary
        case .token: tokenSummary
        }
    }

    private var secretSummary: String {
        switch self {
        case .secretSpace: "white space or a line end around the secret"
        case .secretLineEnd: "a line end, LF or CR LF, that was part of the secret when it was entered at the sender"
        case .secretQuotes: "quotes around the secret: straight, typographic, backticks; or straight ones at the sender"
        case .secretInvisible: "a byte order mark, zero-width or no-break spaces in the secret"
        case .secretName: "`NAME=`, `export NAME=`, `Bearer ` and the like copied along"
        case .secretEscapes:
            #"`\n` written out, percent escapes, a comma or semicolon copied along; a key whose line ends are lost"#
        case .secretLines: "a secret that was broken into several lines"
        case .secretPrefix:
            "`whsec_`, `sha256=`, `base64:` kept where it is no part of the key, or taken off where it is"
        case .secretBase64: "base 64 used as text where it has to be decoded, and the reverse; a secret as Kubernetes shows it"
        case .secretURLSafe: "base 64 with `-` and `_` in place of `+` and `/`, and the reverse"
        case .secretHexadecimal: "hexadecimal in place of base 64 or of text, and the reverse"
        case .secretLetterCase: "a secret in capitals or in small letters that should not be"
        case .secretKind:
            "an API key, an access token or an account's id of a known sender in place of the signing secret"
        case .secretOther: "the secret of another location or endpoint, of those given with `--other-secret`"
        case .secretTestMode: "an event of the sender's test mode, which has a secret of its own"
        default: ""
        }
    }

    private var bodySummary: String {
        switch self {
        case .bodyEnd: "white space or a line end at the end or the start of the body, added or taken off"
        case .bodyLineEnds: "line ends converted between LF and CRLF"
        case .bodyMark: "a byte order mark added or taken off"
        case .bodyCharset: "Latin-1 or Windows-1252 taken for UTF-8, the reverse, and UTF-8 encoded twice"
        case .bodyJSON: "JSON parsed and printed again: compact, with spaces, indented"
        case .bodyJSONEscapes: #"`\uXXXX` for characters beyond ASCII, `\/`, `<`, `>` and `&` escaped or no longer"#
        case .bodyJSONNumbers: "`1.0` printed as `1`, `10.50` as `10.5`, and the reverse"
        case .bodyJSONOrder: "keys of a JSON object no longer sorted"
        case .bodyJSONText: "JSON as a text in JSON, or inside the `body` of an envelope, and the reverse"
        case .bodyForm:
            "a form decoded and encoded again: `+` and `%20`, letter case of escapes, fields no longer sorted; or printed "
                + "as JSON"
        case .bodyFormField: "one field of a form in place of the form"
        case .bodyBoundary: "a multipart form put together again under another boundary"
        case .bodyCompressed: "a body that is compressed with gzip, or no longer"
        case .bodyBase64: "a body in base 64, or one that was decoded from it"
        case .bodyChunks: "a body with the framing of its chunks"
        case .bodyEmpty: "an empty body: a framework or a proxy has read it"
        case .bodyCut: "a body that was cut short"
        case .bodyLonger: "a body with something behind what `Content-Length` says"
        default: ""
        }
    }

    private var roundaboutSummary: String {
        switch self {
        case .timeUnit: "a timestamp in milliseconds in place of seconds, as a date, and the reverse"
        case .timeClock: "a clock that is wrong, and by how much"
        case .timeZone: "a clock that is wrong by whole hours, as a time zone is"
        case .timeOld: "a request that was captured and is judged later"
        case .addressOrigin: "another scheme, host or port than `POSTERN_URL` says; what it has to be"
        case .addressPath:
            "a slash at the end of the path, a prefix that a proxy adds or takes off, escapes that were undone or "
                + "made twice"
        case .addressQuery: "a query that was lost, decoded or encoded again"
        default: ""
        }
    }

    private var schemeSummary: String {
        switch self {
        case .otherSender: "a request that another sender of the catalogue, or of the workspace's file `senders`, has signed, or whose headers it brings"
        case .formerRule:
            "a signature by a rule that the sender has given up, such as GitHub's `X-Hub-Signature` with SHA-1"
        case .signatureAlgorithm:
            "another digest than the one expected, an HMAC in place of a plain digest, ECDSA's other form"
        case .signatureForm:
            "a signature in hexadecimal in place of base 64, url-safe, without padding, without or with another prefix, or "
                + "with other text around it"
        case .signedBytes:
            "other bytes signed than `signed=` says: the body alone, or with timestamp, id or address in another order"
        case .signatureCut: "a signature that is too short: a header or a column of a database was cut"
        case .headerName: "a header that came under another name, such as `X_Signature`"
        case .headerMissing: "a header that did not come, and what it may be lost by"
        case .headerRepeated: "a header that came twice, or twice in one"
        case .headerValue: "quotes, spaces or escapes in or around a header's value"
        default: ""
        }
    }

    private var tokenSummary: String {
        switch self {
        case .tokenPlace: "the token in another header, in the query, in the form or in the JSON"
        case .tokenPrefix: "`Bearer ` or another prefix before the token, or none where one is expected"
        case .tokenLetterCase: "the token in other letter case"
        case .tokenUser: "the right password of another user, or credentials without a user or without base 64"
        default: ""
        }
    }
}
