"""Senders of money's events."""

import base64
import json
import types
import urllib.parse

import Adyen
import braintree
import coinbase_commerce.webhook
import gocardless_pro.webhooks
import paddle_billing.Notifications as paddle_notifications
import razorpay
import square.utils.webhooks_helper
import stripe
from cashfree_pg.api_client import Cashfree as CashfreeClient
from quickbooks import QuickBooks as QuickBooksClient

from sender import Sender, hmac_base64, hmac_hex


class Stripe(Sender):
    verify = "stripe"
    sdk = "stripe"
    secret = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
    body = b'{"id": "evt_1", "object": "event", "type": "charge.succeeded", "amount": 4200, "pending_webhooks": 1}'

    def sign(self, event, now):
        event.headers["Stripe-Signature"] = stripe.WebhookSignature.generate_signature_header(
            event.text, self.secret, timestamp=now)

    def accepts(self, event):
        return stripe.Webhook.construct_event(event.body, event.header("Stripe-Signature"), self.secret).id == "evt_1"


class Square(Sender):
    verify = "square"
    sdk = "squareup"
    signed_by = "HMAC-SHA256"
    query = "shop=1&note=a%20b"

    def sign(self, event, now):
        event.headers["x-square-hmacsha256-signature"] = hmac_base64("sha256", self.secret, event.url + event.text)

    def accepts(self, event):
        return square.utils.webhooks_helper.verify_signature(
            request_body=event.text, signature_header=event.header("x-square-hmacsha256-signature"),
            signature_key=self.secret, notification_url=event.url)


class Paddle(Sender):
    verify = "paddle"
    sdk = "paddle-python-sdk"
    secret = "pdl_ntfset_01gkdqqqb7"

    def sign(self, event, now):
        code = paddle_notifications.PaddleSignature.calculate_hmac(self.secret, f"{now}:{event.text}".encode())
        event.headers["Paddle-Signature"] = f"ts={now};h1={code.hexdigest()}"

    def accepts(self, event):
        request = types.SimpleNamespace(body=event.body, headers={"Paddle-Signature": event.header("Paddle-Signature")})
        return paddle_notifications.Verifier(60).verify(request, paddle_notifications.Secret(self.secret))


class AdyenItems(Sender):
    verify = "adyen"
    sdk = "Adyen"
    secret = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
    item = {
        "additionalData": {"paymentMethod": "visa"}, "amount": {"value": 4200, "currency": "EUR"},
        "eventCode": "AUTHORISATION", "eventDate": "2026-01-31T12:00:00+01:00", "merchantAccountCode": "Shop:Nord",
        "merchantReference": "order\\:1", "originalReference": "", "pspReference": "7914073381342284", "success": "true",
    }
    body = json.dumps({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]}).encode()

    def sign(self, event, now):
        message = json.loads(event.body)
        item = message["notificationItems"][0]["NotificationRequestItem"]
        signature = Adyen.util.generate_notification_sig(item, self.secret).decode()
        item["additionalData"]["hmacSignature"] = signature
        event.body = json.dumps(message).encode()

    def accepts(self, event):
        return Adyen.util.is_valid_hmac_notification(json.loads(event.body), self.secret)


class AdyenPlatform(Sender):
    verify = "adyen-platform"
    sdk = "Adyen"
    secret = AdyenItems.secret

    def sign(self, event, now):
        event.headers["HmacSignature"] = Adyen.util.generate_payload_sig(event.body, self.secret).decode()

    def accepts(self, event):
        return Adyen.util.is_valid_hmac_payload(event.header("HmacSignature"), self.secret, event.body)


class Razorpay(Sender):
    verify = "razorpay"
    sdk = "razorpay"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        event.headers["X-Razorpay-Signature"] = hmac_hex("sha256", self.secret, event.body)

    def accepts(self, event):
        client = razorpay.Client(auth=("key", "secret"))
        return client.utility.verify_webhook_signature(event.text, event.header("X-Razorpay-Signature"), self.secret)


class Braintree(Sender):
    verify = "braintree public-key=integration_public_key"
    sdk = "braintree"
    secret = "integration_private_key"
    content_type = "application/x-www-form-urlencoded"
    body = b"<notification><kind>check</kind><timestamp type=\"datetime\">2026-01-31T12:00:00Z</timestamp><subject/></notification>"
    gateway = braintree.BraintreeGateway(braintree.Configuration(
        braintree.Environment.Sandbox, merchant_id="merchant", public_key="integration_public_key", private_key=secret))

    def event(self, path):
        event = super().event(path)
        # `postern sign` makes the form of any other body.
        event.headers.pop("Content-Type")
        return event

    def sign(self, event, now):
        event.headers["Content-Type"] = self.content_type
        sample = self.gateway.webhook_testing.sample_notification(braintree.WebhookNotification.Kind.Check, "my_id")
        event.body = urllib.parse.urlencode(sample).encode()

    def accepts(self, event):
        form = dict(urllib.parse.parse_qsl(event.text))
        return self.gateway.webhook_notification.parse(form["bt_signature"], form["bt_payload"]).kind == "check"

    def change(self, event):
        """Another letter within the payload."""
        form = dict(urllib.parse.parse_qsl(event.text))
        payload = form["bt_payload"]
        form["bt_payload"] = payload[:8] + ("B" if payload[8] == "A" else "A") + payload[9:]
        changed = super().change(event)
        changed.body = urllib.parse.urlencode(form).encode()
        return changed


class GoCardless(Sender):
    verify = "gocardless"
    sdk = "gocardless_pro"
    signed_by = "HMAC-SHA256"
    body = b'{"events": [{"id": "EV4200", "resource_type": "payments", "action": "confirmed"}], "meta": {"webhook_id": "WB1"}}'

    def sign(self, event, now):
        event.headers["Webhook-Signature"] = hmac_hex("sha256", self.secret, event.body)

    def accepts(self, event):
        return gocardless_pro.webhooks.parse(event.body, self.secret, event.header("Webhook-Signature"))


class CoinbaseCommerce(Sender):
    verify = "coinbase-commerce"
    sdk = "coinbase-commerce"
    body = b'{"id": 1, "event": {"id": "1", "type": "charge:created", "amount": 4200}}'

    def sign(self, event, now):
        event.headers["X-CC-Webhook-Signature"] = coinbase_commerce.webhook.WebhookSignature._compute_signature(
            event.text, self.secret)

    def accepts(self, event):
        return coinbase_commerce.webhook.Webhook.construct_event(
            event.text, event.header("X-CC-Webhook-Signature"), self.secret)


class Cashfree(Sender):
    verify = "cashfree"
    sdk = "cashfree_pg"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        event.headers["x-webhook-timestamp"] = str(now * 1000)
        event.headers["x-webhook-signature"] = hmac_base64("sha256", self.secret, f"{now * 1000}{event.text}")

    def accepts(self, event):
        client = CashfreeClient(CashfreeClient.XEnvironment, "client", self.secret)
        return client.PGVerifyWebhookSignature(
            event.header("x-webhook-signature"), event.text, event.header("x-webhook-timestamp"))


class QuickBooks(Sender):
    verify = "quickbooks"
    sdk = "python-quickbooks"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        event.headers["intuit-signature"] = hmac_base64("sha256", self.secret, event.body)

    def accepts(self, event):
        client = QuickBooksClient.__new__(QuickBooksClient)
        return client.validate_webhook_signature(event.text, event.header("intuit-signature"), self.secret)
