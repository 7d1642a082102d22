extension SenderCatalogue {
    static let commonSenders = """
        github  GitHub
          scheme        hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= encoding=hex signed={body}
          delivery-id   header:X-GitHub-Delivery
          event-type    header:X-GitHub-Event
          deadline      10
          addresses     json https://api.github.com/meta .hooks[]
          source        https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
          confidence    primary
          note          Neither the event type nor the delivery id is signed.
          note          The body is signed as it is sent, also as a form with JSON in its field payload.

        gitlab  GitLab (secret token)
          scheme        token header=X-Gitlab-Token
          delivery-id   header:Idempotency-Key
          event-type    header:X-Gitlab-Event
          deadline      10
          disables      4xx
          source        gitlabhq/gitlabhq, app/services/web_hook_service.rb and
                        app/models/concerns/web_hooks/auto_disabling.rb
          source        https://docs.gitlab.com/user/project/integrations/webhooks/
          confidence    primary
          note          Nothing of the request is signed: whoever learns the token can send anything.
          note          Older versions switch a webhook off after four answers 4xx in a row; now it pauses after four
                        failures of any kind, for longer each time, and is switched off after forty.
          note          X-Gitlab-Event-UUID is shared by webhooks that trigger each other, so it is no delivery id.

        stripe  Stripe
          scheme        hmac-sha256 header=Stripe-Signature items=, pair== tag=v1 timestamp-tag=t
                        signed={timestamp}.{body} encoding=hex
          event-id      json:/id
          event-type    json:/type
          addresses     text https://stripe.com/files/ips/ips_webhooks.txt
          source        https://docs.stripe.com/webhooks#verify-manually
          source        stripe 16.1.0, stripe/_webhook.py
          confidence    primary
          note          whsec_ is part of the key and is not decoded.
          note          Bodies of two deliveries of one event may differ (pending_webhooks).

        slack  Slack
          scheme        hmac-sha256 header=X-Slack-Signature prefix=v0= timestamp-header=X-Slack-Request-Timestamp
                        signed=v0:{timestamp}:{body} encoding=hex
          event-id      json:/event_id
          event-type    json:/event/type
          success       200
          deadline      3
          handshake     signed json:/type=url_verification echo=json:/challenge as=json:challenge
          source        https://docs.slack.dev/authentication/verifying-requests-from-slack
          source        https://docs.slack.dev/reference/events/url_verification
          source        slack_sdk 3.47.0, slack_sdk/signature
          confidence    primary
          note          The secret is the app's signing secret, not its verification token.
          note          Slash commands and interactions are forms and have no event_id.

        shopify  Shopify
          scheme        hmac-sha256 header=X-Shopify-Hmac-SHA256 encoding=base64 signed={body}
          delivery-id   header:X-Shopify-Webhook-Id
          event-type    header:X-Shopify-Topic
          deadline      5
          also-signs    query token
          source        https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
          source        https://hexdocs.pm/shopify_oauth/Shopify.OAuth.html
          confidence    primary
          note          The client secret also signs the address after a sign-in and the tokens of sessions, which every
                        merchant sees: a body of that form is refused.
          note          The secret is the app's client secret; a new one may take an hour to be used.
          note          Neither the topic nor the webhook id is signed.

        shopify-events  Shopify Events
          scheme        hmac-sha256 header=Shopify-Hmac-SHA256 encoding=base64 signed={body}
          delivery-id   header:Shopify-Webhook-Id
          event-type    header:Shopify-Topic
          deadline      5
          also-signs    query token
          source        https://shopify.dev/docs/apps/build/events/verify-deliveries
          source        shopifyapp 1.0.2, shopify_app/verify/webhook.py
          confidence    primary
          note          The secret is the app's client secret; Shopify's webhooks sign the same under names with X-.
          note          Neither the topic nor the webhook id is signed.

        typeform  Typeform
          scheme        hmac-sha256 header=Typeform-Signature prefix=sha256= encoding=base64 signed={body}
          event-id      json:/event_id
          event-type    json:/event_type
          deadline      30
          disables      404 410
          source        https://www.typeform.com/developers/webhooks/secure-your-webhooks/
          confidence    primary
          note          The prefix is GitHub's, but what follows is base 64.
          note          404 and 410 make Typeform switch the webhook off.

        standard-webhooks  Standard Webhooks
          scheme        hmac-sha256 header=webhook-signature items=" " pair=, tag=v1 id-header=webhook-id
                        timestamp-header=webhook-timestamp signed={id}.{timestamp}.{body} encoding=base64
                        key=base64 key-prefix=whsec_
          event-id      header:webhook-id
          event-type    json:/type
          deadline      15
          disables      410
          source        https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
          source        standardwebhooks 1.1.0, standardwebhooks/webhooks.py
          confidence    primary
          note          410 makes senders stop. Asymmetric signatures (v1a) are passed over.

        twilio  Twilio
          scheme        twilio-form
          delivery-id   header:I-Twilio-Idempotency-Token
          success       204
          deadline      15
          content-type  application/x-www-form-urlencoded
          get           is an event
          source        https://www.twilio.com/docs/usage/security#validating-requests
          source        twilio 9.13.0, twilio/request_validator.py
          confidence    primary
          note          The secret is the account's auth token, or the shared key where Twilio signs with HMAC-SHA256.
          note          Of a form the names and values are signed without anything between them, so who has one signed
                        request can move letters from a value to its name.
          note          A JSON body is signed by its digest in the query parameter bodySHA256.
        """
}
