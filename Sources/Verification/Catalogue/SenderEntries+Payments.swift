extension SenderCatalogue {
    static let paymentSenders = #"""
        square  Square
          scheme        hmac-sha256 header=x-square-hmacsha256-signature signed={url}{body} encoding=base64
          event-id      json:/event_id
          event-type    json:/type
          deadline      10
          source        squareup 46.0.0, square/utils/webhooks_helper.py
          confidence    primary
          note          The address is signed as it is entered at Square: POSTERN_URL and the location's path have to
                        give exactly that.

        paddle  Paddle Billing
          scheme        hmac-sha256 header=Paddle-Signature signed={timestamp}:{body} items=; pair== tag=h1
                        timestamp-tag=ts encoding=hex
          event-id      json:/event_id
          event-type    json:/event_type
          tolerance     5
          deadline      5
          success       200
          addresses     json https://api.paddle.com/ips .data.ipv4_cidrs[]
          source        paddle-python-sdk 1.16.1, paddle_billing/Notifications
          source        hookdeck/webhook-skills:skills/paddle-webhooks/references/verification.md
          confidence    primary
          note          The tolerance of five seconds is that of Paddle's own libraries.

        razorpay  Razorpay
          scheme        hmac-sha256 header=X-Razorpay-Signature signed={body} encoding=hex
          event-id      header:X-Razorpay-Event-Id
          event-type    json:/event
          deadline      5
          addresses     page https://razorpay.com/docs/security/whitelists/
          source        razorpay 2.0.1, razorpay/utility/utility.py
          confidence    primary

        gocardless  GoCardless
          scheme        hmac-sha256 header=Webhook-Signature signed={body} encoding=hex
          delivery-id   json:/meta/webhook_id
          event-type    json:/events/0/resource_type
          deadline      10
          source        gocardless_pro 3.22.0, gocardless_pro/webhooks.py
          confidence    primary
          note          The header differs from Standard Webhooks' only in the case of letters.
          note          One request holds up to 250 events.

        coinbase-commerce  Coinbase Commerce
          scheme        hmac-sha256 header=X-CC-Webhook-Signature signed={body} encoding=hex
          event-id      json:/event/id
          event-type    json:/event/type
          source        coinbase-commerce 1.0.1, coinbase_commerce/webhook.py
          confidence    primary

        adyen-platform  Adyen platform/management webhook
          scheme        hmac-sha256 header=HmacSignature signed={body} encoding=base64 key=hex
          event-type    json:/type
          deadline      10
          source        Adyen 16.0.0, Adyen/util.py (is_valid_hmac_payload)
          confidence    primary
          note          The secret is hexadecimal.

        chargebee  Chargebee
          scheme        basic
          event-id      json:/id
          event-type    json:/event_type
          deadline      20
          source        chargebee/chargebee-node, README.md
          source        hookdeck/webhook-skills:skills/chargebee-webhooks/references/verification.md
          confidence    primary
          note          Chargebee signs nothing; the secret is user:password.

        lemon-squeezy  Lemon Squeezy
          scheme        hmac-sha256 header=X-Signature signed={body} encoding=hex
          event-type    header:X-Event-Name
          success       200
          source        lmsqueezy/nextjs-billing, src/app/api/webhook/route.ts
          source        https://docs.lemonsqueezy.com/help/webhooks/signing-requests
          confidence    primary

        paystack  Paystack
          scheme        hmac-sha512 header=x-paystack-signature signed={body} encoding=hex
          object-id     json:/data/id
          event-type    json:/event
          success       200
          addresses     page https://paystack.com/docs/payments/webhooks
          source        PaystackOSS/doc-code-snippets, dist/doc/payments/webhooks/verifying-transaction.js
          source        https://paystack.com/docs/payments/webhooks
          confidence    primary
          note          /data/id is the transaction's, not the event's.

        flutterwave  Flutterwave v3
          scheme        token header=verif-hash
          object-id     json:/data/id
          event-type    json:/event
          deadline      60
          success       200
          source        Flutterwave/Woocommerce-v2, includes/class-flw-wc-payment-gateway.php
          source        dev.to/ayopee (provider comparison)
          source        https://developer.flutterwave.com/docs/webhooks
          confidence    primary
          note          /data/id is the transaction's, not the event's.

        flutterwave-v4  Flutterwave v4
          scheme        hmac-sha256 header=flutterwave-signature signed={body} encoding=base64
          event-id      json:/id
          event-type    json:/type
          source        https://developer.flutterwave.com/docs/webhooks
          confidence    secondary

        recurly  Recurly (JSON webhooks)
          scheme        hmac-sha256 header=recurly-signature signed={timestamp}.{body} items=, timestamp-index=0
                        timestamp-unit=ms encoding=hex
          event-id      json:/id
          event-type    json:/event_type
          deadline      5
          source        https://docs.recurly.com/recurly-subscriptions/docs/signature-verification
          confidence    primary
          note          The time is in milliseconds and stands first, without a tag. XML bodies are not signed.

        revolut  Revolut
          scheme        hmac-sha256 header=Revolut-Signature signed=v1.{timestamp}.{body} items=, pair== tag=v1
                        timestamp-header=Revolut-Request-Timestamp timestamp-unit=ms encoding=hex
          event-type    json:/event
          addresses     page https://developer.revolut.com/docs/api/merchant/operations/webhook-webhook-event
          source        https://developer.revolut.com/docs/guides/merchant/monitor-and-observe/webhooks/verify-the-payload-signature
          confidence    primary

        quickbooks  Intuit QuickBooks Online
          scheme        hmac-sha256 header=intuit-signature signed={body} encoding=base64
          event-type    json:/eventNotifications/0/dataChangeEvent/entities/0/name
          deadline      3
          success       200
          source        IntuitDeveloper/SampleApp-Webhooks-nodejs, routes/routes.js and util/util.js
          source        developer.intuit.com webhooks
          confidence    primary

        xero  Xero
          scheme        hmac-sha256 header=x-xero-signature signed={body} encoding=base64
          event-type    json:/events/0/eventCategory
          deadline      5
          success       200
          answer-body   none
          handshake     signed json:/events=[]
          source        XeroAPI/XeroWebhooksReceiver, XeroWebhooksReceiver/Controllers/WebhooksController.cs
          source        https://developer.xero.com/documentation/guides/webhooks/configuring-your-server
          confidence    primary
          note          Xero wants 401 for a wrong signature and 200 with an empty body for a right one.

        cashfree  Cashfree
          scheme        hmac-sha256 header=x-webhook-signature signed={timestamp}{body}
                        timestamp-header=x-webhook-timestamp timestamp-unit=ms encoding=base64
          event-type    json:/type
          success       200
          addresses     page https://www.cashfree.com/docs/api-reference/webhooks/reliability-and-operations
          source        https://cashfree.com/docs/payments/subscription/webhook-signature
          source        https://www.cashfree.com/docs/api-reference/webhooks/reliability-and-operations
          confidence    primary

        zoho-payments  Zoho Payments
          scheme        hmac-sha256 header=X-Zoho-Webhook-Signature signed={timestamp}.{body} items=, pair== tag=v
                        timestamp-tag=t timestamp-unit=ms encoding=hex
          deadline      15
          source        https://zoho.com/in/payments/developerdocs/webhooks/verification
          confidence    primary

        gumroad  Gumroad
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          object-id     form:sale_id
          event-type    form:resource_name
          success       200
          deadline      5
          content-type  application/x-www-form-urlencoded
          source        antiwork/gumroad, app/sidekiq/post_to_individual_ping_endpoint_worker.rb
          source        https://gumroad.com/ping
          confidence    primary
          note          Gumroad signs nothing. Put a token of your own making into the address, ?token=…

        kofi  Ko-fi
          scheme        token json=/verification_token document=form:data
          event-id      form:data:/message_id
          event-type    form:data:/type
          success       200
          content-type  application/x-www-form-urlencoded
          source        https://ko-fi.com/manage/webhooks (text quoted at meta.discourse.org, topic 255047)
          confidence    primary
          note          Sent again under the same message_id after anything but 200.
          note          Where is_public is false, show nothing of it.
          note          The token stands in the JSON of the form's field data.

        patreon  Patreon
          scheme        hmac-md5 header=X-Patreon-Signature signed={body} encoding=hex
          event-type    header:X-Patreon-Event
          source        Patreon/platform-documentation, source/includes/_webhooks_v2.md
          source        https://docs.patreon.com/#webhooks
          confidence    primary
          note          MD5, which is weak as a digest and still holds in an HMAC.

        airwallex  Airwallex
          scheme        hmac-sha256 header=x-signature signed={timestamp}{body} timestamp-header=x-timestamp
                        timestamp-unit=ms encoding=hex
          event-id      json:/id
          event-type    json:/name
          success       200
          source        https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events
          confidence    primary
          note          Nothing stands between the time and the body. Without a secret nothing is signed.

        checkbook  Checkbook
          scheme        hmac-sha256 header=Signature items=, pair== tag=signature id-tag=nonce signed={body}{id}
                        encoding=hex
          object-id     json:/id
          event-type    json:/type
          addresses     page https://docs.checkbook.io/docs/api/webhooks
          source        https://docs.checkbook.io/docs/webhooks
          confidence    primary
          note          The nonce beside the signature is signed behind the body. It is no time. /id is the payment's.
          note          The secret is the webhooks key; sandbox and production have one each.

        rutter  Rutter
          scheme        hmac-sha256 header=X-Rutter-Signature prefix=sha256= signed={body} encoding=base64
          source        https://docs.rutterapi.com/docs/webhook-security
          confidence    primary
          note          The prefix is GitHub's, but what follows is base 64. The secret is the organisation's client
                        secret.
        """#
}
