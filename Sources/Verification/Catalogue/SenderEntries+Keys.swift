extension SenderCatalogue {
    /// Those that sign with a private key, or with a token.
    static let keySenders = """
        discord  Discord (interactions and webhook events)
          scheme        ed25519 header=X-Signature-Ed25519 encoding=hex signed={timestamp}{body}
                        timestamp-header=X-Signature-Timestamp
          event-id      json:/id
          success       200
          deadline      3
          handshake     signed json:/type=1 no=json:/event json={"type":1}
          handshake     signed json:/type=0 no=json:/event status=204
          source        https://discord.com/developers/docs/interactions/overview
          source        discord/discord-api-docs, developers/events/webhook-events.mdx
          source        discord-interactions 0.4.0
          confidence    primary
          note          The secret is the application's public key, as Discord shows it.
          note          The PING of interactions has the type 1, that of webhook events the type 0.
          note          Of webhook events Discord wants 204 without a body: let the stack answer so. It sends them again
                        for ten minutes; interactions it does not.
          note          Discord probes with a wrong signature, which has to be answered 401.

        sendgrid  Twilio SendGrid (event webhook)
          scheme        ecdsa-p256-sha256 header=X-Twilio-Email-Event-Webhook-Signature encoding=base64
                        signed={timestamp}{body} timestamp-header=X-Twilio-Email-Event-Webhook-Timestamp
          object-id     json:/0/sg_event_id
          event-type    json:/0/event
          source        sendgrid 6.12.5, sendgrid/helpers/eventwebhook
          confidence    primary
          note          The secret is the verification key, as SendGrid shows it.
          note          The body is a batch, and the id is that of its first item only. It ends with CR LF, which is
                        signed.

        circle  Circle
          scheme        ecdsa-p256-sha256 header=X-Circle-Signature encoding=base64 signed={body}
          event-id      json:/notificationId
          event-type    json:/notificationType
          source        https://developers.circle.com/api-reference/verify-webhook-signatures
          confidence    primary
          note          The secret is the public key of X-Circle-Key-Id. Circle gives it only to those that sign in,
                        so it
                        is not fetched.

        standard-webhooks-ed25519  Standard Webhooks (asymmetric, v1a)
          scheme        ed25519 header=webhook-signature items=" " pair=, tag=v1a id-header=webhook-id
                        timestamp-header=webhook-timestamp signed={id}.{timestamp}.{body} encoding=base64
                        key-prefix=whpk_ key-prefix=whsk_
          event-id      header:webhook-id
          event-type    json:/type
          deadline      15
          source        https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
          confidence    primary
          note          The secret is the public key, whpk_ and base 64.
          note          410 makes senders stop. Symmetric signatures (v1) are passed over.

        paypal  PayPal
          scheme        rsa-sha256 header=PAYPAL-TRANSMISSION-SIG encoding=base64
                        signed="{id}|{timestamp}|{webhook_id}|{crc32:body}" id-header=PAYPAL-TRANSMISSION-ID
                        timestamp-header=PAYPAL-TRANSMISSION-TIME timestamp-unit=rfc3339
                        require="PAYPAL-AUTH-ALGO: SHA256withRSA" certificate-header=PAYPAL-CERT-URL
                        certificates=https://api.paypal.com/v1/notifications/certs/
                        certificate-name=messageverificationcerts.paypal.com
          parameter     webhook-id  the id that PayPal shows for this webhook
          parameter     certificates  https://api.sandbox.paypal.com/v1/notifications/certs/ for the sandbox
          parameter     certificate-name  the host that the certificate is for, if not messageverificationcerts.paypal.com
          event-id      json:/id
          event-type    json:/event_type
          tolerance     3600
          source        https://developer.paypal.com/api/rest/webhooks/rest/
          source        paypal/PayPal-Python-SDK, paypalrestsdk/notifications.py
          confidence    primary
          note          Of the body only a CRC is signed.
          note          The certificate is fetched from PayPal; a public key that is given as secret pins it.
          note          Events of the simulator are not signed for a webhook.
          note          PayPal's own library brings the certificates of its authority along, so the file that is
                        fetched may lack the one between: then give that, in PEM, as the secret.

        paddle-classic  Paddle Classic
          scheme        paddle-classic-form
          event-id      form:alert_id
          event-type    form:alert_name
          success       200
          content-type  application/x-www-form-urlencoded
          addresses     json https://api.paddle.com/ips .data.ipv4_cidrs[]
          source        https://developer.paddle.com/classic/reference/verifying-webhooks
          confidence    primary
          note          The secret is the public key of the account, in PEM.

        travis-ci  Travis CI
          scheme        travis
          binding       repository  the repository, as owner/name
          event-type    form:payload:/state
          content-type  application/x-www-form-urlencoded
          source        travis-ci/docs-travis-ci-com, user/notifications.md.erb
          source        https://docs.travis-ci.com/user/notifications/#verifying-webhook-requests
          confidence    primary
          note          The key is fetched from https://api.travis-ci.com/config; a public key that is given as secret
                        pins it.

        orum  Orum
          scheme        rsa-sha256 header=Signature encoding=base64 signed={body}{json:/created_at}
          event-id      json:/event_id
          event-type    json:/event_type
          source        https://docs.orum.io/api-reference/webhooks/secure-webhooks
          source        https://docs.orum.io/reference/event-types-and-payloads
          confidence    primary
          note          The secret is the public key that GET /webhooks/secret gives, in PEM.
          note          The body's own created_at is signed once more behind the body. It is no time of the delivery.

        telnyx  Telnyx
          scheme        ed25519 header=telnyx-signature-ed25519 encoding=base64 signed={timestamp}|{body}
                        timestamp-header=telnyx-timestamp
          event-id      json:/data/id
          event-type    json:/data/event_type
          success       200
          source        team-telnyx/telnyx-python, src/telnyx/lib/webhook_verification.py
          source        https://developers.telnyx.com/api-reference/callbacks/call-payment-progress
          confidence    primary
          note          The secret is the account's public key, as Telnyx shows it, in base 64.
        """
}
