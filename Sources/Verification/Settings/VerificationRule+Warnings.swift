extension VerificationRule {
    /// What the scheme leaves unprotected: one sentence each.
    package var warnings: [String] {
        var warnings = unbound.map { "\($0)=any: everybody who has an account with the sender may call" }
        switch scheme {
        case .none:
            warnings.append("anybody may call")
        case .address:
            warnings.append("nothing of the request is signed: whoever can send from the addresses of ip= can send anything")
        case .token(let token):
            warnings.append("nothing of the request is signed: whoever learns the token can send anything")
            if case .query = token.place {
                warnings.append("a token in the query string is written to the access logs of every server on the way")
            }
        case .basic:
            warnings.append("nothing of the request is signed: whoever learns the password can send anything")
        case .hmac(let hmac):
            warnings += Self.warnings(hmac.form)
        case .digest(let digest):
            warnings += Self.warnings(digest.form)
        case .adyen:
            warnings.append(
                "eight fields of each item are signed, and nothing else: anybody on the way can change the others")
            warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
        case .vonageSMS:
            warnings.append("of the values that are signed, _, & and = count as one character: they can be exchanged")
        case .publicKey(let scheme):
            warnings += Self.warnings(scheme.form)
        case .jws(let scheme):
            if scheme.bodyClaim == nil {
                warnings.append("the signature does not cover the body: whoever has a token can send any body with it")
            }
            if !scheme.hasWindow {
                warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
            }
            if case .query = scheme.place {
                warnings.append("a token in the query string is written to the access logs of every server on the way")
            }
        case .sns:
            warnings.append(
                "of the body Message, MessageId, Subject, Timestamp, TopicArn and Type are signed, and nothing else: "
                    + "message attributes are not")
        case .twilio, .braintree, .travis, .paddleClassic:
            warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
        }
        return warnings + (addresses?.warnings ?? [])
    }

    private static func warnings(_ form: SignatureForm) -> [String] {
        var warnings: [String] = []
        if !form.coversBody {
            warnings.append(
                form.template.derived.contains(.checksum(.crc32))
                    ? "only a CRC of the body is signed: whoever has a signed request can change the body and keep that"
                    : "the signature does not cover the body: anybody on the way can change it")
        }
        if form.timestamp == nil {
            warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
        }
        if form.template.hasMovableBoundary {
            warnings.append(
                "two parts of the signed bytes have nothing between them: bytes can be moved from one to the other "
                    + "under the same signature")
        }
        return warnings
    }
}
