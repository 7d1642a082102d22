extension SenderCatalogue {
    static let messagingSenders = #"""
        line  LINE Messaging API
          scheme        hmac-sha256 header=X-Line-Signature signed={body} encoding=base64
          object-id     json:/events/0/webhookEventId
          event-type    json:/events/0/type
          deadline      2
          success       200
          handshake     signed json:/events=[]
          source        line-bot-sdk 3.27.0, linebot/v3/webhook.py
          source        https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature
          confidence    primary
          note          One request may hold several events, or none where the address is being verified.

        viber  Viber
          scheme        hmac-sha256 header=X-Viber-Content-Signature signed={body} encoding=hex
          object-id     json:/message_token
          event-type    json:/event
          success       200
          handshake     signed json:/event=webhook
          source        viberbot 1.0.12, viberbot/api/api.py
          confidence    primary
          note          message_token is the message's.

        telegram  Telegram Bot API
          scheme        token header=X-Telegram-Bot-Api-Secret-Token
          event-id      json:/update_id
          deadline      60
          disables      410
          addresses     page https://core.telegram.org/bots/webhooks
          addresses     text https://core.telegram.org/resources/cidr.txt
          source        tdlib/telegram-bot-api, telegram-bot-api/WebhookActor.cpp
          confidence    primary
          note          A member method of the answer calls that method of the Bot API: a stack must not answer
                        with what users write.
          note          410 for a day removes the webhook. Other failures are sent again, at most a minute or two apart.

        meta  Meta Graph webhooks (Facebook pages, Messenger)
          scheme        hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= signed={body} encoding=hex
          event-type    json:/entry/0/changes/0/field
          deadline      5
          success       200
          handshake     unsigned GET query:hub.mode=subscribe token=query:hub.verify_token echo=query:hub.challenge
                        as=text
          also-signs    token
          source        developers.facebook.com/docs/graph-api/webhooks/getting-started (text quoted in repositories)
          confidence    primary
          note          The app secret also signs the signed_request of whoever signs in, which he sees: a body of that
                        form is refused.
          note          Non-ASCII text is signed escaped, as it is sent.
          note          X-Hub-Signature with SHA-1 comes as well and is not looked at.

        whatsapp  WhatsApp Cloud API (Meta)
          scheme        hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= signed={body} encoding=hex
          object-id     json:/entry/0/changes/0/value/messages/0/id
          event-type    json:/entry/0/changes/0/field
          deadline      5
          success       200
          handshake     unsigned GET query:hub.mode=subscribe token=query:hub.verify_token echo=query:hub.challenge
                        as=text
          also-signs    token
          source        developers.facebook.com/docs/graph-api/webhooks/getting-started (text quoted in repositories)
          confidence    primary
          note          The app secret also signs the signed_request of whoever signs in, which he sees: a body of that
                        form is refused.
          note          Non-ASCII text is signed escaped, as it is sent.
          note          The first message's id is not the event's.

        instagram  Instagram (Meta)
          scheme        hmac-sha256 header=X-Hub-Signature-256 prefix=sha256= signed={body} encoding=hex
          event-type    json:/entry/0/changes/0/field
          deadline      5
          success       200
          handshake     unsigned GET query:hub.mode=subscribe token=query:hub.verify_token echo=query:hub.challenge
                        as=text
          also-signs    token
          source        developers.facebook.com/docs/graph-api/webhooks/getting-started (text quoted in repositories)
          confidence    primary
          note          The app secret also signs the signed_request of whoever signs in, which he sees: a body of that
                        form is refused.
          note          Non-ASCII text is signed escaped, as it is sent.

        x-twitter  X / Twitter Account Activity
          scheme        hmac-sha256 header=x-twitter-webhooks-signature prefix=sha256= signed={body} encoding=base64
          deadline      10
          success       200
          handshake     unsigned GET echo=query:crc_token of=word length=128 hmac=sha256-base64 hmac-prefix=sha256=
                        hmac-as=json:response_token
          source        https://docs.x.com/x-api/webhooks/quickstart
          source        developer.x.com securing-webhooks
          confidence    primary
          note          The prefix says sha256, what follows is base 64.

        twitch-eventsub  Twitch EventSub
          scheme        hmac-sha256 header=Twitch-Eventsub-Message-Signature prefix=sha256=
                        id-header=Twitch-Eventsub-Message-Id signed={id}{timestamp}{body}
                        timestamp-header=Twitch-Eventsub-Message-Timestamp timestamp-unit=rfc3339 encoding=hex
          delivery-id   header:Twitch-Eventsub-Message-Id
          event-type    header:Twitch-Eventsub-Subscription-Type
          tolerance     600
          handshake     signed header:Twitch-Eventsub-Message-Type=webhook_callback_verification no=json:/event
                        echo=json:/challenge as=text
          source        https://dev.twitch.tv/docs/eventsub/handling-webhook-events
          confidence    primary

        zoom  Zoom
          scheme        hmac-sha256 header=x-zm-signature prefix=v0= signed=v0:{timestamp}:{body}
                        timestamp-header=x-zm-request-timestamp encoding=hex
          event-type    json:/event
          success       200
          deadline      3
          handshake     signed json:/event=endpoint.url_validation echo=json:/payload/plainToken of=word length=128
                        as=json:plainToken hmac=sha256-hex hmac-as=json:encryptedToken
          source        https://developers.zoom.us/docs/api/webhooks
          source        https://devsupport.zoom.us/hc/en-us/articles/360059893812-Webhook-delays
          source        zoom/webhook-sample, index.js
          confidence    primary
          note          Sent again three times, after 5, 20 and 60 minutes.
          note          v0= is part of the header, v0: of what is signed.

        microsoft-teams-outgoing  Microsoft Teams outgoing webhook
          scheme        hmac-sha256 header=Authorization prefix="HMAC " signed={body} encoding=base64 key=base64
          object-id     json:/id
          event-type    json:/type
          deadline      5
          source        MicrosoftDocs/msteams-docs,
                        msteams-platform/webhooks-and-connectors/how-to/add-outgoing-webhook.md
          confidence    primary
          note          The secret is base 64.
          note          Teams shows what is answered: a JSON message within five seconds.

        pusher  Pusher Channels
          scheme        hmac-sha256 header=X-Pusher-Signature timestamp-json=/time_ms timestamp-unit=ms
          event-type    json:/events/0/name
          deadline      4
          source        pusher 3.3.4, pusher/authentication_client.py
          source        https://docs.bird.com/pusher/channels/channels/webhooks/channels-webhook-timeouts-and-retries
          confidence    primary
          note          The time stands in the signed body. X-Pusher-Key names the app and is not signed.

        mailgun  Mailgun
          scheme        hmac-sha256 json=/signature/signature
                        signed={json:/signature/timestamp}{json:/signature/token} timestamp-json=/signature/timestamp
                        body=unsigned
          event-id      json:/event-data/id
          event-type    json:/event-data/event
          success       200
          stops         406
          source        https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
          confidence    primary
          note          Only a time and a token are signed: whoever has one signed request can send another body with
                        it.
          note          406 stops the retries.

        mandrill  Mailchimp Transactional (Mandrill)
          scheme        hmac-sha1 header=X-Mandrill-Signature encoding=base64 signed={url}{form_sorted_kv}
          object-id     form:mandrill_events:/0/_id
          event-type    form:mandrill_events:/0/event
          success       200
          content-type  application/x-www-form-urlencoded
          handshake     unsigned HEAD
          source        https://mandrill.zendesk.com/hc/en-us/articles/205583257-How-to-Authenticate-Webhook-Requests
          source        https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks
          confidence    primary
          note          The address is signed as it is entered at Mandrill, and the form's fields without anything
                        between them.

        mailchimp-marketing  Mailchimp Marketing
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          event-type    form:type
          deadline      10
          content-type  application/x-www-form-urlencoded
          handshake     signed GET
          source        https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks
          confidence    primary
          note          It sends again for 75 minutes, and may switch off an address that does not answer.
          note          Mailchimp signs nothing. Put a token of your own making into the address, ?token=…

        postmark  Postmark
          scheme        basic
          object-id     json:/MessageID
          event-type    json:/RecordType
          success       200
          stops         403
          addresses     page https://postmarkapp.com/support/article/800-ips-for-firewalls
          source        https://postmarkapp.com/developer/webhooks/webhooks-overview
          source        hookdeck/webhook-skills:skills/postmark-webhooks/references/verification.md
          confidence    primary
          note          Postmark signs nothing; the secret is user:password.
          note          403 stops the retries.

        podium  Podium
          scheme        hmac-sha256 header=podium-signature signed={timestamp}.{body}
                        timestamp-header=podium-timestamp timestamp-unit=ms encoding=hex
          event-type    json:/metadata/event_type
          success       200
          source        https://docs.podium.com/docs/verifying-webhook-signatures
          source        https://docs.podium.com/docs/webhook-retries
          confidence    primary
          note          An event that fails holds up all others. After eight hours of failures it switches the webhook off.

        resend  Resend
          scheme        hmac-sha256 header=svix-signature id-header=svix-id signed={id}.{timestamp}.{body} items=" "
                        pair=, tag=v1 timestamp-header=svix-timestamp encoding=base64 key=base64 key-prefix=whsec_
          event-id      header:svix-id
          event-type    json:/type
          source        resend 2.52.0, resend/webhooks/_webhooks.py
          source        hookdeck/webhook-skills:skills/resend-webhooks/references/verification.md
          confidence    primary

        intercom  Intercom
          scheme        hmac-sha1 header=X-Hub-Signature prefix=sha1= signed={body} encoding=hex
          event-id      json:/id
          event-type    json:/topic
          deadline      5
          success       200
          disables      410
          handshake     unsigned HEAD
          handshake     signed json:/topic=ping
          source        https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications
          source        https://www.skills.sh/hookdeck/webhook-skills/intercom-webhooks
          confidence    primary
          note          SHA-1, in GitHub's old header.
          note          410 switches the subscription off.
        """#
}
