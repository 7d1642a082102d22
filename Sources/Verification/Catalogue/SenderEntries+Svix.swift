extension SenderCatalogue {
    /// Those that send through Svix, or in the same way. `svix` itself is among the others.
    static let svixSenders = """
        beehiiv  beehiiv
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          deadline      15
          source        svix/svix-webhooks, javascript/src/models/ingestSourceIn.ts
          confidence    secondary
          note          It sends through Svix: the secret is the endpoint's signing secret.

        brex  Brex
          scheme        hmac-sha256 header=Webhook-Signature id-header=Webhook-Id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=Webhook-Timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          event-id      header:Webhook-Id
          event-type    json:/event_type
          source        https://developer.brex.com/docs/webhooks/
          confidence    primary
          note          The secret, in base 64, is what GET /v1/webhooks/secrets gives: one for the client, not for
                        the
                        webhook, and two while it is changed.

        guesty  Guesty
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          event-type    json:/event
          deadline      15
          source        https://open-api-docs.guesty.com/docs/webhooks
          source        svix/svix-webhooks, javascript/src/models/ingestSourceIn.ts
          confidence    secondary
          note          It sends through Svix: the secret is the endpoint's signing secret.

        incident-io  incident.io
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          renames       webhook- svix-
          event-id      header:webhook-id
          event-type    json:/event_type
          deadline      15
          source        https://docs.incident.io/api-reference/webhooks
          confidence    primary
          note          It sends through Svix. After five days of failures it switches the endpoint off.

        lithic  Lithic
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          event-id      header:webhook-id
          event-type    json:/event_type
          source        lithic-com/lithic-python, src/lithic/resources/webhooks.py
          confidence    primary
          note          These are Standard Webhooks; each event subscription has a secret of its own.

        nash  Nash
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          deadline      15
          source        svix/svix-webhooks, javascript/src/models/ingestSourceIn.ts
          confidence    secondary
          note          It sends through Svix: the secret is the endpoint's signing secret.

        render  Render
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          event-id      header:webhook-id
          event-type    json:/type
          source        render-examples/webhook-receiver, app.ts
          source        https://render.com/docs/webhooks
          confidence    primary
          note          These are Standard Webhooks.

        safebase  SafeBase
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          deadline      15
          source        svix/svix-webhooks, javascript/src/models/ingestSourceIn.ts
          confidence    secondary
          note          It sends through Svix: the secret is the endpoint's signing secret.

        sardine  Sardine
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          renames       webhook- svix-
          event-id      header:webhook-id
          deadline      15
          source        https://docs.payments.sardine.ai/guides/integration/nftCheckout/webhooks
          source        svix/svix-webhooks, javascript/src/models/ingestSourceIn.ts
          confidence    primary
          note          It sends through Svix: the secret is what the integration manager gives.

        stytch  Stytch
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          deadline      15
          source        https://stytch.com/docs/b2b/guides/webhooks
          confidence    primary
          note          It sends through Svix: the secret is the endpoint's signing secret.
        """
}
