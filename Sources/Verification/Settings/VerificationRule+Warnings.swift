extension VerificationRule {
    /// What the scheme leaves unprotected: one sentence each.
    var warnings: [String] {
        var warnings: [String] = []
        switch scheme {
        case .none:
            warnings.append("anybody may call")
        case .token(let token):
            warnings.append("nothing of the request is signed: whoever learns the token can send anything")
            if case .query = token.place {
                warnings.append("a token in the query string is written to the access logs of every server on the way")
            }
        case .basic:
            warnings.append("nothing of the request is signed: whoever learns the password can send anything")
        case .hmac(let hmac):
            warnings += Self.warnings(hmac)
        case .twilio:
            warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
        }
        return warnings
    }

    private static func warnings(_ scheme: HMACScheme) -> [String] {
        var warnings: [String] = []
        if !scheme.coversBody {
            warnings.append("the signature does not cover the body: anybody on the way can change it")
        }
        if scheme.timestamp == nil {
            warnings.append("no timestamp is signed: a recorded request can be sent again at any time")
        }
        if scheme.template.hasMovableBoundary {
            warnings.append(
                "two parts of the signed bytes have nothing between them: bytes can be moved from one to the other "
                    + "under the same signature")
        }
        return warnings
    }
}
