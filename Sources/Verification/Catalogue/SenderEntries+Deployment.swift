extension SenderCatalogue {
    static let deploymentSenders = #"""
        vercel  Vercel
          scheme        hmac-sha1 header=x-vercel-signature signed={body} encoding=hex
          event-id      json:/id
          event-type    json:/type
          deadline      30
          source        https://vercel.com/docs/webhooks
          source        hookdeck/webhook-skills:skills/vercel-webhooks/references/verification.md
          confidence    primary
          note          The secret is the webhook's own, or the client secret of the integration that it belongs to.
          note          SHA-1. The time in the body is the event's own and no replay window.

        circleci  CircleCI
          scheme        hmac-sha256 header=circleci-signature signed={body} items=, pair== tag=v1 encoding=hex
          event-id      json:/id
          event-type    header:circleci-event-type
          deadline      5
          source        https://circleci.com/docs/outbound-webhooks
          confidence    primary

        buildkite  Buildkite (signature)
          scheme        hmac-sha256 header=X-Buildkite-Signature signed={timestamp}.{body} items=, spaces=allowed
                        pair== tag=signature timestamp-tag=timestamp encoding=hex
          delivery-id   header:X-Buildkite-Request
          event-type    header:X-Buildkite-Event
          source        buildkite/docs, pages/apis/webhooks/_webhook_signature.md
          source        https://buildkite.com/docs/apis/webhooks/pipelines
          confidence    primary

        buildkite-token  Buildkite (token)
          scheme        token header=X-Buildkite-Token
          event-type    header:X-Buildkite-Event
          source        https://buildkite.com/docs/apis/webhooks/pipelines
          confidence    primary
          note          Nothing of the request is signed; Buildkite can sign instead, which is better.

        heroku  Heroku app webhooks
          scheme        hmac-sha256 header=Heroku-Webhook-Hmac-SHA256 signed={body} encoding=base64
          delivery-id   json:/webhook_metadata/delivery/id
          event-type    json:/webhook_metadata/event/include
          source        https://devcenter.heroku.com/articles/addon-webhooks
          confidence    primary

        expo-eas  Expo EAS
          scheme        hmac-sha1 header=expo-signature prefix=sha1= signed={body} encoding=hex
          object-id     json:/id
          event-type    json:/status
          source        https://docs.expo.dev/eas/webhooks
          confidence    primary

        sentry  Sentry integration platform
          scheme        hmac-sha256 header=Sentry-Hook-Signature signed={body} encoding=hex
          delivery-id   header:Request-ID
          event-type    header:Sentry-Hook-Resource
          deadline      1
          source        https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
          confidence    primary
          note          Sentry-Hook-Timestamp is not signed and is not looked at.
          note          Alerts want an answer within a second.

        pagerduty  PagerDuty v3
          scheme        hmac-sha256 header=X-PagerDuty-Signature signed={body} items=, pair== tag=v1 encoding=hex
          event-id      json:/event/id
          event-type    json:/event/event_type
          deadline      5
          stops         4xx
          addresses     text https://developer.pagerduty.com/ip-safelists/webhooks-us-service-region
          addresses     text https://developer.pagerduty.com/ip-safelists/webhooks-eu-service-region
          source        PagerDuty/developer-docs, docs/webhooks/04-Signatures.md
          source        PagerDuty/developer-docs, docs/webhooks/02-Behavior.md
          confidence    primary
          note          Several signatures come while a secret is being changed.
          note          It waits 16 s for events of custom incident actions. 429 does not stop the retries. After
                        three events that were lost it switches the subscription off for a day.

        datadog  Datadog webhooks integration
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          deadline      15
          stops         4xx
          addresses     json https://ip-ranges.datadoghq.com/ .webhooks.prefixes_ipv4[],.webhooks.prefixes_ipv6[]
          source        https://docs.datadoghq.com/integrations/webhooks
          confidence    primary
          note          It sends again five times, after 5xx or no answer.
          note          Datadog signs nothing. Put a token of your own making into the address, ?token=…, or into a
                        custom header, which no log of addresses keeps: POSTERN_VERIFY=token header=NAME.

        launchdarkly  LaunchDarkly
          scheme        hmac-sha256 header=X-LD-Signature signed={body} encoding=hex
          event-id      json:/_id
          event-type    json:/kind
          source        https://launchdarkly.com/docs/home/infrastructure/webhooks
          source        https://launchdarkly.com/docs/api/webhooks
          confidence    primary
          note          Sent again only once. The order is not kept: /date says when the change was.

        auth0-log-streams  Auth0 custom webhook log stream
          scheme        token header=Authorization
          object-id     json:/0/log_id
          event-type    json:/0/data/type
          source        auth0/docs-v2, main/docs/customize/log-streams.mdx
          source        https://auth0.com/docs/customize/log-streams/custom-log-streams
          confidence    primary
          note          Choose JSON Array as content format: by itself it sends lines, one JSON document each, and has
                        neither id nor type.
          note          A stream that fails for seven days is paused.
          note          The secret is the whole value of the Authorization header, as it was entered at Auth0.

        okta  Okta event hooks
          scheme        token header=Authorization
          event-id      json:/eventId
          event-type    json:/data/events/0/eventType
          success       200
          stops         4xx
          deadline      3
          handshake     unsigned GET echo=header:X-Okta-Verification-Challenge of=base64 as=json:verification
          addresses     json https://s3.amazonaws.com/okta-ip-ranges/ip_ranges.json .[].ip_ranges[]
          source        https://developer.okta.com/docs/guides/secure-hooks
          source        okta/okta-developer-docs, packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md
          confidence    primary
          note          Sent again once, after 5xx or no answer.
          note          The secret is the whole value of the Authorization header, as it was entered at Okta.

        azure-event-grid  Azure Event Grid
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          object-id     json:/0/id
          event-type    json:/0/eventType
          deadline      30
          handshake     signed json:/0/eventType=Microsoft.EventGrid.SubscriptionValidationEvent
                        echo=json:/0/data/validationCode as=json:validationResponse
          handshake     signed OPTIONS echo=header:WebHook-Request-Origin as=header:WebHook-Allowed-Origin
                        header=WebHook-Allowed-Rate:*
          source        https://learn.microsoft.com/en-us/javascript/api/@azure/eventgrid-system-events/subscriptionvalidationeventdata
          confidence    primary
          note          Event Grid signs nothing. Put a token of your own making into the address, ?token=…

        supabase-auth-hooks  Supabase Auth Hooks
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=v1,whsec_ key-prefix=whsec_
          event-id      header:webhook-id
          deadline      5
          success       204
          source        supabase/auth, internal/hooks/hookshttp/hookshttp.go
          source        https://supabase.com/docs/guides/auth/auth-hooks
          confidence    primary
          note          The secret is shown as v1,whsec_…; both words are taken off. Database webhooks are not signed
                        at all.
          note          An answer with a body has to be JSON and to say so. After 429 and 503 it asks again at once if
                        Retry-After is there, three times in all.

        cursor  Cursor
          scheme        hmac-sha256 header=X-Webhook-Signature prefix=sha256= signed={body} encoding=hex
          delivery-id   header:X-Webhook-ID
          event-type    header:X-Webhook-Event
          source        https://cursor.com/docs/cloud-agent/api/webhooks
          confidence    primary

        hookdeck  Hookdeck Event Gateway
          scheme        hmac-sha256 header=x-hookdeck-signature header=x-hookdeck-signature-2 signed={body}
                        encoding=base64
          event-id      header:X-Hookdeck-EventId
          source        hookdeck/webhook-skills:skills/hookdeck-event-gateway-webhooks/references/verification.md
          source        https://trigger.dev/docs/webhooks/custom-providers
          confidence    primary
          note          The prefix of the headers can be changed at Hookdeck; these are its own.

        svix  Svix
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          renames       svix- webhook-
          event-id      header:svix-id
          event-type    json:/type
          deadline      15
          source        svix 2.9.1, svix/webhooks.py
          source        https://docs.svix.com/receiving/verifying-payloads/how-manual
          confidence    primary
          note          Senders that use Svix sign so. The headers may also come as webhook-….

        port  Port
          scheme        hmac-sha256 header=x-port-signature signed={timestamp}.{body} items=" " pair=, tag=v1
                        timestamp-header=x-port-timestamp encoding=base64
          source        port-labs/port-docs,
                        docs/actions-and-automations/setup-backend/webhook/signature-verification.md
          confidence    primary
          note          The layout is Standard Webhooks' without an id, and the secret, the client secret, is not
                        decoded.
        """#
}
