extension SenderCatalogue {
    static let serviceSenders = #"""
        openai  OpenAI
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64
                        key=base64-if-prefixed key-prefix=whsec_
          event-id      header:webhook-id
          event-type    json:/type
          deadline      20
          source        openai 3.54.0, openai/lib/_webhooks.py
          source        hookdeck/webhook-skills:skills/openai-webhooks/references/verification.md
          confidence    primary
          note          The secret is decoded only where it begins with whsec_.

        replicate  Replicate
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          event-id      header:webhook-id
          event-type    json:/status
          source        replicate/replicate-javascript, lib/util.js
          source        https://replicate.com/docs/topics/webhooks/verify-webhook
          confidence    primary

        elevenlabs  ElevenLabs
          scheme        hmac-sha256 header=ElevenLabs-Signature signed={timestamp}.{body} items=, pair== tag=v0
                        timestamp-tag=t encoding=hex
          event-type    json:/type
          tolerance     1800
          deadline      10
          success       200
          source        elevenlabs 2.78.0, elevenlabs/webhooks_custom.py
          source        hookdeck/webhook-skills:skills/elevenlabs-webhooks/references/verification.md
          confidence    primary
          note          The tag is v0. The tolerance is half an hour.

        deepgram  Deepgram callbacks
          scheme        token header=dg-token
          object-id     json:/metadata/request_id
          source        deepgram/deepgram-docs, fern/docs/callback.mdx
          confidence    primary
          note          Sent again up to ten times, 30 s apart, after anything but 2xx.
          note          The secret is the id of the API key that asked. Nothing of the request is signed.

        clerk  Clerk
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          event-id      header:svix-id
          event-type    json:/type
          source        https://clerk.com/docs/reference/backend/verify-webhook
          source        hookdeck/webhook-skills:skills/clerk-webhooks/references/verification.md
          confidence    primary

        workos  WorkOS
          scheme        hmac-sha256 header=WorkOS-Signature signed={timestamp}.{body} items=", " pair== tag=v1
                        timestamp-tag=t timestamp-unit=ms encoding=hex
          event-id      json:/id
          event-type    json:/event
          tolerance     180
          source        workos 10.8.0, workos/webhooks/_verification.py
          confidence    primary
          note          The time is in milliseconds; a space stands behind the comma.

        contentful  Contentful
          scheme        hmac-sha256 header=x-contentful-signature
                        signed="{method}\n{escaped_path}\n{canonical_headers}\n{body}"
                        signed-headers=x-contentful-signed-headers must-sign=X-Contentful-Topic
                        timestamp-header=x-contentful-timestamp timestamp-unit=ms
          event-type    header:X-Contentful-Topic
          tolerance     30
          source        https://contentful.com/developers/docs/extensibility/webhooks/request-verification
          source        @contentful/node-apps-toolkit
          confidence    primary
          note          The query is escaped twice. The secret has 64 characters. Host and scheme are not signed.

        sanity  Sanity
          scheme        hmac-sha256 header=sanity-webhook-signature signed={timestamp}.{body} items=, spaces=allowed
                        pair== tag=v1 timestamp-tag=t timestamp-unit=ms encoding=base64url
          delivery-id   header:idempotency-key
          source        @sanity/webhook 4.0.4, dist/index.mjs
          confidence    primary
          note          The time is in milliseconds.

        webflow  Webflow
          scheme        hmac-sha256 header=x-webflow-signature signed={timestamp}:{body}
                        timestamp-header=x-webflow-timestamp timestamp-unit=ms encoding=hex
          event-type    json:/triggerType
          deadline      30
          source        hookdeck/webhook-skills:skills/webflow-webhooks/references/verification.md
          source        https://developers.webflow.com/data/changelog/webhook-signatures
          confidence    primary
          note          Webhooks made in the dashboard are not signed.

        woocommerce  WooCommerce
          scheme        hmac-sha256 header=X-WC-Webhook-Signature signed={body} encoding=base64
          object-id     header:X-WC-Webhook-Delivery-ID
          event-type    header:X-WC-Webhook-Topic
          deadline      60
          handshake     unsigned form:webhook_id=#
          source        woocommerce/woocommerce, plugins/woocommerce/includes/class-wc-webhook.php
          confidence    primary
          note          The delivery id is made of the webhook and the second: two events may share it. Nothing is
                        sent
                        again.

        oracle-commerce  Oracle CX Commerce
          scheme        hmac-sha512 header=X-Oracle-CC-WebHook-Signature signed={body} encoding=base64
          source        https://docs.oracle.com/en/cloud/saas/cx-commerce/ccdev/secure-webhooks.html
          confidence    primary
          note          How the secret becomes the key follows Oracle's sample only.

        easypost  EasyPost
          scheme        hmac-sha256 header=X-Hmac-Signature prefix=hmac-sha256-hex= signed={body} encoding=hex
                        key=nfkd
          event-id      json:/id
          event-type    json:/description
          deadline      7
          source        easypost 10.7.0, easypost/util.py
          confidence    primary
          note          The secret is normalised (NFKD), which changes no ASCII.

        shippo  Shippo
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          event-type    json:/event
          deadline      3
          source        https://docs.goshippo.com/docs/tracking/webhooks
          confidence    secondary
          note          Shippo signs where its support has set that up: shippo-signature.
          note          Shippo signs nothing. Put a token of your own making into the address, ?token=…

        shippo-signature  Shippo (signature)
          scheme        hmac-sha256 header=Shippo-Auth-Signature signed={timestamp}.{body} items=, pair== tag=v1
                        timestamp-tag=t encoding=hex
          event-type    json:/event
          deadline      3
          source        https://docs.goshippo.com/docs/tracking/webhooks (its security, as receivers quote it)
          confidence    secondary
          note          Shippo's support sets it up and gives the secret.

        lob  Lob
          scheme        hmac-sha256 header=Lob-Signature signed={timestamp}.{body}
                        timestamp-header=Lob-Signature-Timestamp timestamp-unit=ms encoding=hex
          event-id      json:/id
          event-type    json:/event_type/id
          source        https://help.lob.com/print-and-mail/getting-data-and-results/using-webhooks (via webhooks.fyi)
          confidence    secondary

        mux  Mux
          scheme        hmac-sha256 header=Mux-Signature signed={timestamp}.{body} items=, pair== tag=v1
                        timestamp-tag=t encoding=hex
          event-id      json:/id
          event-type    json:/type
          source        muxinc/mux-node-sdk, src/resources/webhooks/webhooks.ts
          confidence    primary

        segment  Segment (webhook destination)
          scheme        hmac-sha1 header=X-Signature signed={body} encoding=hex
          object-id     json:/messageId
          event-type    json:/type
          deadline      5
          source        segmentio/segment-docs, src/connections/destinations/catalog/webhooks/index.md
          source        segmentio/segment-docs, src/connections/destinations/catalog/actions-webhook/index.md
          confidence    primary
          note          SHA-1. Of a batch only the first event is signed, so leave batching off.
          note          Several mappings may send one message, with the same messageId.

        vapi  Vapi (HMAC credential)
          scheme        hmac-sha256 header=x-vapi-signature signed={body} encoding=hex
          parameter     header  the signature header of the credential
          parameter     prefix  what the credential puts before the signature
          event-type    json:/message/type
          source        https://docs.vapi.ai/server-url/server-authentication
          source        VapiAI/docs, fern/assistants/examples/support-escalation.mdx
          confidence    primary
          note          Vapi's user chooses header and payload: set SHA256, x-vapi-signature and {body} there. By
                        itself it
                        takes x-signature and {timestamp}.{body}, whose unit is not documented.

        vapi-secret  Vapi (X-Vapi-Secret)
          scheme        token header=X-Vapi-Secret
          event-type    json:/message/type
          source        https://docs.vapi.ai/server-url/server-authentication
          confidence    primary
          note          Nothing of the request is signed; an HMAC credential is better.

        veriff  Veriff
          scheme        hmac-sha256 header=x-hmac-signature signed={body} encoding=hex-any
          object-id     json:/verification/id
          event-type    json:/action
          source        https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security
          source        Veriff/js-integration-demo, app.js
          confidence    primary
          note          The secret is the integration's shared secret key. X-AUTH-CLIENT names the integration and is
                        not
                        signed.
          note          Letter case of the signature does not count, as in Veriff's own sample.
        """#
}
