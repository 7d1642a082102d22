extension SenderCatalogue {
    static let workSenders = #"""
        asana  Asana
          scheme        hmac-sha256 header=X-Hook-Signature signed={body} encoding=hex
          event-type    json:/events/0/action
          deadline      10
          handshake     enrol no=header:X-Hook-Signature echo=header:X-Hook-Secret of=base64 length=16-256
                        as=header:X-Hook-Secret
          handshake     signed keys=events json:/events=[]
          source        Asana/developer-docs, source/includes/markdown/_webhooks.html.md
          source        developers.asana.com/reference/createwebhook (handshake)
          confidence    primary
          note          Each webhook has a secret of its own, which comes in its handshake. Heartbeats have no events.

        trello  Trello
          scheme        hmac-sha1 header=X-Trello-Webhook signed={body}{url} encoding=base64
          event-id      json:/action/id
          event-type    json:/action/type
          disables      410
          handshake     unsigned HEAD
          addresses     json https://ip-ranges.atlassian.com/
                        .items[]|select(.product|index("trello"))|select(.direction|index("egress"))|.cidr
          source        developer.atlassian.com/cloud/trello/guides/rest-api/webhooks (rule text quoted from
                        developers.trello.com)
          source        https://www.skills.sh/hookdeck/webhook-skills/trello-webhooks
          confidence    primary
          note          SHA-1. The body is signed before the address, which is the callback's as it was given to
                        Trello.
          note          410 deletes the webhook.

        zendesk  Zendesk
          scheme        hmac-sha256 header=X-Zendesk-Webhook-Signature signed={timestamp}{body}
                        timestamp-header=X-Zendesk-Webhook-Signature-Timestamp timestamp-unit=rfc3339 encoding=base64
          delivery-id   header:X-Zendesk-Webhook-Invocation-Id
          event-type    json:/type
          deadline      12
          addresses     json https://support.zendesk.com/ips .ips.egress.all[]
          source        https://developer.zendesk.com/documentation/webhooks/verifying
          confidence    primary
          note          The test at Zendesk is signed with a secret of its own that is published.

        calendly  Calendly
          scheme        hmac-sha256 header=Calendly-Webhook-Signature signed={timestamp}.{body} items=, pair== tag=v1
                        timestamp-tag=t encoding=hex
          event-type    json:/event
          tolerance     180
          deadline      15
          source        https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
          source        https://developer.calendly.com/api-docs/overview/webhooks/webhook-timeouts
          confidence    primary
          note          The tolerance of three minutes is that of Calendly's own sample.

        cal-com  Cal.com
          scheme        hmac-sha256 header=x-cal-signature-256 signed={body} encoding=hex
          event-type    json:/triggerEvent
          source        calcom/cal.com, packages/features/webhooks/lib/sendPayload.ts
          confidence    primary
          note          Without a secret at Cal.com the header holds a fixed text. A template changes the body, not
                        the rule.

        linear  Linear
          scheme        hmac-sha256 header=Linear-Signature timestamp-json=/webhookTimestamp timestamp-unit=ms
          delivery-id   header:Linear-Delivery
          event-type    header:Linear-Event
          tolerance     60
          deadline      5
          success       200
          addresses     page https://linear.app/developers/webhooks
          source        linear/linear, packages/sdk/src/webhooks/client.ts
          source        https://linear.app/developers/webhooks
          confidence    primary
          note          The time stands in the signed body.

        notion  Notion
          scheme        hmac-sha256 header=X-Notion-Signature prefix=sha256= signed={body} encoding=hex
          event-id      json:/id
          event-type    json:/type
          success       200
          handshake     enrol keys=verification_token echo=json:/verification_token of=base64 length=16-256
          source        makenotion/notion-sdk-js, README.md
          source        https://developers.notion.com/reference/webhooks
          confidence    primary
          note          The request that brings the secret is signed with it.

        clickup  ClickUp
          scheme        hmac-sha256 header=X-Signature signed={body} encoding=hex
          event-type    json:/event
          deadline      7
          disables      410
          source        https://developer.clickup.com/docs/webhooksignature
          source        https://developer.clickup.com/docs/webhookhealth
          confidence    primary
          note          410 suspends the webhook at once, a hundred failed events do as well.

        airtable  Airtable
          scheme        hmac-sha256 header=X-Airtable-Content-MAC prefix=hmac-sha256= signed={body} encoding=hex
                        key=base64
          success       200
          answer-body   none
          source        https://airtable.com/developers/web/api/webhooks-overview
          source        https://nango.dev/docs/api-integrations/airtable/webhooks
          confidence    primary
          note          The secret is base 64. The body only says that something has changed.

        box  Box
          scheme        hmac-sha256 header=BOX-SIGNATURE-PRIMARY header=BOX-SIGNATURE-SECONDARY encoding=base64
                        signed={body}{timestamp} timestamp-header=BOX-DELIVERY-TIMESTAMP timestamp-unit=rfc3339
                        require="BOX-SIGNATURE-VERSION: 1" require="BOX-SIGNATURE-ALGORITHM: HmacSHA256"
          event-id      json:/id
          event-type    json:/trigger
          tolerance     600
          deadline      30
          source        https://developer.box.com/guides/webhooks/v2/signatures-v2
          source        box/developer.box.com, content/guides/webhooks/v2/index.md
          confidence    primary
          note          The body is signed before the time. Two keys are in use while they are changed.
          note          BOX-DELIVERY-ID is another one in each attempt: after the first there are at most twelve, in two hours.

        dropbox  Dropbox
          scheme        hmac-sha256 header=X-Dropbox-Signature signed={body} encoding=hex
          deadline      10
          handshake     unsigned GET echo=query:challenge of=base64 as=text
          source        dropbox/mdwebhook, app.py
          confidence    primary
          note          The body only names accounts.

        dropbox-sign  Dropbox Sign (HelloSign)
          scheme        hmac-sha256 document=form:json json=/event/event_hash
                        signed={json:/event/event_time}{json:/event/event_type} body=unsigned
          event-type    form:json:/event/event_type
          success       200
          content-type  application/x-www-form-urlencoded
          answer-body   Hello API Event Received
          source        https://developers.hellosign.com/docs/guides/events-and-callbacks/walkthrough
          confidence    primary
          note          Only the time and the type are signed: whoever has one signed request can send another body
                        with it.
          note          The answer has to hold "Hello API Event Received".

        docusign  DocuSign Connect
          scheme        hmac-sha256 header=X-DocuSign-Signature-{1-100} signed={body} encoding=base64
          event-type    json:/event
          success       200
          source        https://developers.docusign.com/docs/platform/webhooks/connect/validate
          confidence    primary
          note          One numbered header for each key in use.

        signwell  SignWell
          scheme        hmac-sha256 json=/event/hash signed={json:/event/type}@{json:/event/time} body=unsigned
          object-id     json:/event/hash
          event-type    json:/event/type
          source        https://developers.signwell.com/reference/event-hash-verification
          confidence    primary
          note          Only the time and the type are signed: whoever has one signed request can send another body
                        with it.
          note          The key is the webhook's id.

        jira-cloud  Jira Cloud / Atlassian admin webhooks
          scheme        hmac-sha256 header=X-Hub-Signature prefix=sha256= signed={body} encoding=hex
          delivery-id   header:X-Atlassian-Webhook-Identifier
          event-type    json:/webhookEvent
          deadline      5
          stops         400 401 403 404
          addresses     json https://ip-ranges.atlassian.com/
                        .items[]|select(.product|index("jira"))|select(.direction|index("egress"))|.cidr
          source        https://developer.atlassian.com/cloud/jira/platform/webhooks
          confidence    primary
          note          The header is the one in which GitHub sends SHA-1; here it is SHA-256.
          note          Only webhooks with a secret are signed; those of Connect and OAuth apps have none.

        microsoft-graph  Microsoft Graph change notifications
          scheme        token json=/value/*/clientState
          object-id     json:/value/0/id
          event-type    json:/value/0/changeType
          deadline      3
          success       202
          handshake     unsigned echo=query:validationToken of=text length=1024 as=text
          source        https://learn.microsoft.com/en-us/graph/api/resources/changenotification
          source        microsoftgraph/microsoft-graph-docs-contrib, concepts/change-notifications-delivery-webhooks.md
          confidence    primary
          note          Sent again for four hours. Where more than one answer in ten takes over ten seconds Graph delays
                        what it sends, and beyond 15 in a hundred it drops it.
          note          Graph signs nothing: clientState stands in every notification and has to be the secret.

        tally  Tally
          scheme        hmac-sha256 header=Tally-Signature signed={body} encoding=base64
          event-id      json:/eventId
          event-type    json:/eventType
          deadline      10
          source        https://tally.so/help/webhooks
          confidence    primary

        jotform  Jotform
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          content-type  multipart/form-data
          source        jotform.com help
          confidence    secondary
          note          Jotform signs nothing. Put a token of your own making into the address, ?token=…

        hubspot-v1  HubSpot (signature v1)
          scheme        digest-sha256 header=X-HubSpot-Signature signed={secret}{body}
          object-id     json:/0/eventId
          event-type    json:/0/subscriptionType
          deadline      5
          source        hubspot-api-client 12.0.0, hubspot/utils/signature.py
          confidence    primary
          note          A plain digest over the secret and the body, which can be lengthened; v3 is better.

        hubspot-v2  HubSpot (signature v2)
          scheme        digest-sha256 header=X-HubSpot-Signature signed={secret}{method}{url}{body}
          source        hubspot-api-client 12.0.0, hubspot/utils/signature.py
          confidence    primary
          note          A plain digest over the secret, the method, the address and the body; v3 is better.

        hubspot-v3  HubSpot (signature v3)
          scheme        hmac-sha256 header=X-HubSpot-Signature-v3 encoding=base64
                        signed={method}{decoded_url}{body}{timestamp} timestamp-header=X-HubSpot-Request-Timestamp
                        timestamp-unit=ms
          object-id     json:/0/eventId
          event-type    json:/0/subscriptionType
          deadline      5
          source        hubspot-api-client 12.0.0, hubspot/utils/signature.py
          source        https://developers.hubspot.com/docs/api/webhooks/validating-requests
          confidence    primary
          note          Some escapes of the address are decoded before it is signed.

        nylas  Nylas v3
          scheme        hmac-sha256 header=X-Nylas-Signature signed={body} encoding=hex
          event-id      json:/id
          event-type    json:/type
          deadline      10
          success       200
          stops         400 401 403 404 500
          handshake     unsigned GET echo=query:challenge of=base64 as=text
          source        nylas/skills, skills/nylas-api/rules/webhooks-notifications.md
          source        nylas/cli, internal/adapters/webhookserver/server.go
          confidence    primary
          note          Sent again only after 408, 429, 502, 503, 504 and 507, and twice at most: a stack that fails is
                        not. An address that fails for three days is switched off.
          note          Compressed bodies are signed as they are sent.
          note          It takes no answer in chunks: behind Apache its question needs ap_trust_cgilike_cl.

        adobe-sign  Adobe Acrobat Sign
          scheme        token header=X-AdobeSign-ClientId
          repeats       X-AdobeSign-ClientId
          handshake     signed GET echo=header:X-AdobeSign-ClientId as=header:X-AdobeSign-ClientId
          event-id      json:/webhookNotificationId
          event-type    json:/event
          source        https://helpx.adobe.com/sign/developer/webhook/overview.html
          source        https://opensource.adobe.com/acrobat-sign/acrobat_sign_events/index.html
          confidence    primary
          note          Nothing of the request is signed: the secret is the client id of the application that made the
                        webhook, which is no secret to everybody who has used it. The ranges of Adobe's addresses
                        beside it help.
          note          Each answer repeats the client id.

        pandadoc  PandaDoc
          scheme        hmac-sha256 query=signature signed={body} encoding=hex
          object-id     json:/0/data/id
          event-type    json:/0/event
          source        https://developers.pandadoc.com/docs/webhook-verification
          confidence    primary
          note          The signature stands in the query string. The secret is the subscription's shared key.
          note          The body is a list, and the id is that of its first item's document.
        """#
}
