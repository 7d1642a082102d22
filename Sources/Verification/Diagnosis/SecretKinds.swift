/// Texts that are known by how they begin, and are no signing secrets.
struct SecretKinds {
    private let patient: Patient

    init(_ patient: Patient) {
        self.patient = patient
    }

    private struct Kind {
        let prefix: String
        /// What it is, in words.
        let name: String
        /// Senders that do sign with it.
        let signs: [String]
    }

    /// How it begins, what it is, and in brackets the senders that sign with it. Facts of senders' documentation.
    private static let kinds: [Kind] = """
        sk_live_  a secret API key of Stripe, or one of Paystack or Clerk  [paystack]
        sk_test_  a secret API key of Stripe's test mode, or one of Paystack or Clerk  [paystack]
        rk_live_  a restricted API key of Stripe  []
        rk_test_  a restricted API key of Stripe's test mode  []
        pk_live_  a public API key  []
        pk_test_  a public API key of a test mode  []
        xoxb-  a bot token of Slack  []
        xoxp-  a user token of Slack  []
        xapp-  an app token of Slack  []
        ghp_  a personal access token of GitHub  []
        github_pat_  a personal access token of GitHub  []
        gho_  an OAuth token of GitHub  []
        ghs_  an installation token of GitHub  []
        glpat-  a personal access token of GitLab  []
        shpat_  an access token of Shopify's Admin API  []
        shpca_  an access token of Shopify's custom apps  []
        SG.  an API key of SendGrid  []
        re_  an API key of Resend  []
        key-  an API key of Mailgun  []
        rzp_live_  the id of an API key of Razorpay  []
        rzp_test_  the id of a test API key of Razorpay  []
        pdl_live_apikey_  an API key of Paddle  []
        pdl_sdbx_apikey_  an API key of Paddle's sandbox  []
        sk-  an API key of OpenAI or of another service  []
        sk_  an API key  [paystack]
        lin_api_  an API key of Linear  []
        ntn_  an integration token of Notion  []
        pat-na1-  an access token of HubSpot  []
        pat-eu1-  an access token of HubSpot  []
        EAAA  an access token of Square or Meta  []
        EAA  an access token of Meta  []
        AC  the account SID of Twilio  []
        SK  the SID of an API key of Twilio  []
        whpk_  a public key of Standard Webhooks  [standard-webhooks-ed25519]
        """.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "  ")
            guard parts.count == 3 else { return nil }
            let signs = parts[2].dropFirst().dropLast().split(separator: " ").map(String.init)
            return Kind(prefix: String(parts[0]), name: String(parts[1]), signs: signs)
        }

    /// How secrets of a sender begin, always.
    private static let expected = ["stripe": "whsec_", "paddle": "pdl_ntfset_"]

    /// A secret that a sender's documentation publishes, with which it signs its tests.
    ///
    /// Source: https://developer.zendesk.com/documentation/webhooks/verifying
    static func published(_ sender: String) -> String? {
        ["zendesk": "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="][sender]
    }

    var findings: [Finding] {
        guard patient.refusal?.isMismatch != false else { return [] }
        return patient.trial.secrets.secrets.compactMap { secret in
            guard secret.form == .text else { return nil }
            return finding(secret)
        }
    }

    private func finding(_ secret: Secret) -> Finding? {
        let bytes = secret.bytes[...].trimmingSpace
        let sender = patient.rule.name
        if let kind = Self.kinds.first(where: { Self.isOf($0, bytes) }), !kind.signs.contains(sender) {
            return Finding(
                .secretKind,
                "\(secret.origin) looks like \(kind.name), as it begins with \(kind.prefix): what signs is the "
                    + "webhook's own "
                    + "secret, which the sender shows where the webhook is set up\(Self.hint(sender))",
                isProved: false)
        }
        if let prefix = Self.expected[sender], !bytes.starts(with: prefix.utf8) {
            return Finding(
                .secretKind,
                "\(secret.origin) does not begin with \(prefix), as secrets of \(sender) do: copy the webhook's own "
                    + "secret, whole",
                isProved: false)
        }
        return nil
    }

    private static func hint(_ sender: String) -> String {
        expected[sender].map { " and which begins with \($0)" } ?? ""
    }

    private static func isOf(_ kind: Kind, _ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: kind.prefix.utf8), bytes.count >= kind.prefix.utf8.count + 12 else { return false }
        // Two letters are not enough to tell by.
        guard kind.prefix == "AC" || kind.prefix == "SK" else { return true }
        return bytes.count == 34 && bytes.dropFirst(2).allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
}
