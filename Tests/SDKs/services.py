"""Senders of all else."""

import base64
import datetime
import json
import unicodedata
import urllib.parse

import dropbox_sign
import easypost.util
import elevenlabs.webhooks_custom
import gidgethub.sansio
import hubspot.utils.signature
import lithic
import openai
import pyairtable.models.webhook
import replicate.webhook
import resend
import shopify_app
import standardwebhooks
import svix
import workos.webhooks._verification
from box_sdk_gen.internal.utils import compute_webhook_signature
from box_sdk_gen.managers.webhooks import WebhooksManager

from sender import Sender, hmac_base64, hmac_hex


class StandardWebhooks(Sender):
    verify = "standard-webhooks"
    sdk = "standardwebhooks"
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    prefix = "webhook-"
    library = standardwebhooks.Webhook

    def sign(self, event, now):
        moment = datetime.datetime.fromtimestamp(now, datetime.timezone.utc)
        event.headers[self.prefix + "id"] = "msg_4200.1"
        event.headers[self.prefix + "timestamp"] = str(now)
        event.headers[self.prefix + "signature"] = self.library(self.secret).sign("msg_4200.1", moment, event.text)

    def accepts(self, event):
        self.library(self.secret).verify(event.text, event.headers)


class Svix(StandardWebhooks):
    verify = "svix"
    sdk = "svix"
    prefix = "svix-"
    library = svix.Webhook


class Clerk(Svix):
    verify = "clerk"


class Resend(Svix):
    verify = "resend"
    sdk = "resend"
    signed_by = "svix"

    def accepts(self, event):
        headers = {name: event.header("svix-" + name) for name in ["id", "timestamp", "signature"]}
        resend.Webhooks.verify({"payload": event.text, "headers": headers, "webhook_secret": self.secret})


class Replicate(StandardWebhooks):
    verify = "replicate"
    sdk = "replicate"
    signed_by = "standardwebhooks"

    def accepts(self, event):
        secret = replicate.webhook.WebhookSigningSecret(key=self.secret)
        replicate.webhook.Webhooks.validate(headers=event.headers, body=event.text, secret=secret, tolerance=300)


class Lithic(StandardWebhooks):
    verify = "lithic"
    sdk = "lithic"
    signed_by = "standardwebhooks"

    def accepts(self, event):
        client = lithic.Lithic(api_key="key", webhook_secret=self.secret)
        client.webhooks.verify_signature(event.text, event.headers)


class OpenAI(StandardWebhooks):
    verify = "openai"
    sdk = "openai"
    signed_by = "standardwebhooks"

    def accepts(self, event):
        openai.OpenAI(api_key="key").webhooks.verify_signature(event.body, event.headers, secret=self.secret)


class OpenAIPlain(OpenAI):
    variant = "secret that is text"
    signed_by = "HMAC-SHA256"
    secret = "plain text, not base 64"

    def sign(self, event, now):
        code = hmac_base64("sha256", self.secret, f"msg_1.{now}.{event.text}")
        event.headers |= {"webhook-id": "msg_1", "webhook-timestamp": str(now), "webhook-signature": f"v1,{code}"}


class Shopify(Sender):
    verify = "shopify"
    sdk = "shopifyapp"
    signed_by = "HMAC-SHA256"
    header_name = "X-Shopify-Hmac-SHA256"
    headers = {"X-Shopify-Topic": "orders/create", "X-Shopify-Shop-Domain": "shop.myshopify.com", "X-Shopify-Webhook-Id": "1"}

    def sign(self, event, now):
        event.headers[self.header_name] = hmac_base64("sha256", self.secret, event.body)

    def accepts(self, event):
        app = shopify_app.ShopifyApp(client_id="client", client_secret=self.secret)
        return app.verify_webhook_req({"method": "POST", "headers": event.headers, "body": event.text}).ok


class ShopifyEvents(Shopify):
    verify = "shopify-events"
    header_name = "Shopify-Hmac-SHA256"
    headers = {"Shopify-Topic": "orders/create", "Shopify-Shop-Domain": "shop.myshopify.com"}


class GitHub(Sender):
    verify = "github"
    sdk = "gidgethub"
    signed_by = "HMAC-SHA256"
    headers = {"X-GitHub-Delivery": "1", "X-GitHub-Event": "push"}

    def sign(self, event, now):
        event.headers["X-Hub-Signature-256"] = "sha256=" + hmac_hex("sha256", self.secret, event.body)

    def accepts(self, event):
        gidgethub.sansio.validate_event(event.body, signature=event.header("X-Hub-Signature-256"), secret=self.secret)


class ElevenLabs(Sender):
    verify = "elevenlabs"
    sdk = "elevenlabs"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        event.headers["ElevenLabs-Signature"] = f"t={now},v0=" + hmac_hex("sha256", self.secret, f"{now}.{event.text}")

    def accepts(self, event):
        client = elevenlabs.webhooks_custom.WebhooksClient.__new__(elevenlabs.webhooks_custom.WebhooksClient)
        return client.construct_event(event.text, event.header("ElevenLabs-Signature"), self.secret)


class WorkOS(Sender):
    verify = "workos"
    sdk = "workos"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        time = now * 1000
        event.headers["WorkOS-Signature"] = f"t={time}, v1=" + hmac_hex("sha256", self.secret, f"{time}.{event.text}")

    def accepts(self, event):
        workos.webhooks._verification.verify_header(
            event_body=event.body, event_signature=event.header("WorkOS-Signature"), secret=self.secret)


class EasyPost(Sender):
    verify = "easypost"
    sdk = "easypost"
    signed_by = "HMAC-SHA256"
    # The key is its form NFKD.
    secret = "s\u00e9cret"

    def sign(self, event, now):
        key = unicodedata.normalize("NFKD", self.secret)
        event.headers["X-Hmac-Signature"] = "hmac-sha256-hex=" + hmac_hex("sha256", key, event.body)

    def accepts(self, event):
        return easypost.util.validate_webhook(
            event.body, {"X-Hmac-Signature": event.header("X-Hmac-Signature")}, self.secret)


class HubSpot(Sender):
    verify = "hubspot-v3"
    sdk = "hubspot-api-client"
    query = "portal=1&name=a%20b"
    version = "v3"

    def sign(self, event, now):
        event.headers["X-HubSpot-Request-Timestamp"] = str(now * 1000)
        event.headers["X-HubSpot-Signature-v3"] = hubspot.utils.signature.Signature.get_signature(
            self.secret, event.text, "v3", event.url, "POST", str(now * 1000))

    def accepts(self, event):
        return hubspot.utils.signature.Signature.is_valid(
            event.header("X-HubSpot-Signature-v3"), self.secret, event.text, event.url, "POST", "v3",
            event.header("X-HubSpot-Request-Timestamp"))


class HubSpot2(HubSpot):
    verify = "hubspot-v2"
    version = "v2"

    def sign(self, event, now):
        event.headers["X-HubSpot-Signature"] = hubspot.utils.signature.Signature.get_signature(
            self.secret, event.text, self.version, event.url, "POST")

    def accepts(self, event):
        return hubspot.utils.signature.Signature.is_valid(
            event.header("X-HubSpot-Signature"), self.secret, event.text, event.url, "POST", self.version)


class HubSpot1(HubSpot2):
    verify = "hubspot-v1"
    version = "v1"


class Box(Sender):
    verify = "box"
    sdk = "box-sdk-gen"
    headers = {"box-signature-version": "1", "box-signature-algorithm": "HmacSHA256", "box-delivery-id": "1"}

    def lowered(self, event):
        return {name.lower(): value for name, value in event.headers.items()}

    def sign(self, event, now):
        moment = datetime.datetime.fromtimestamp(now, datetime.timezone.utc)
        event.headers["box-delivery-timestamp"] = moment.isoformat()
        event.headers["box-signature-primary"] = compute_webhook_signature(event.text, self.lowered(event), self.secret)

    def accepts(self, event):
        return WebhooksManager.validate_message(event.text, self.lowered(event), self.secret)


class DropboxSign(Sender):
    verify = "dropbox-sign"
    sdk = "dropbox-sign"
    signed_by = "HMAC-SHA256"
    content_type = "application/x-www-form-urlencoded"
    message = {"event": {"event_type": "signature_request_sent", "event_time": "1348174200", "event_hash": "", "event_metadata": {}}}
    body = urllib.parse.urlencode({"json": json.dumps(message)}).encode()

    def sign(self, event, now):
        message = json.loads(dict(urllib.parse.parse_qsl(event.text))["json"])
        fields = message["event"]
        fields["event_hash"] = hmac_hex("sha256", self.secret, fields["event_time"] + fields["event_type"])
        event.body = urllib.parse.urlencode({"json": json.dumps(message)}).encode()

    def accepts(self, event):
        message = json.loads(dict(urllib.parse.parse_qsl(event.text))["json"])
        callback = dropbox_sign.EventCallbackRequest.init(message)
        return dropbox_sign.EventCallbackHelper.is_valid(self.secret, callback)


class Airtable(Sender):
    verify = "airtable"
    sdk = "pyairtable"
    signed_by = "HMAC-SHA256"
    secret = base64.b64encode(b"a secret of airtable").decode()
    body = b'{"base": {"id": "app4200"}, "webhook": {"id": "ach1"}, "timestamp": "2026-01-31T12:00:00.000Z"}'

    def sign(self, event, now):
        code = hmac_hex("sha256", base64.b64decode(self.secret), event.body)
        event.headers["X-Airtable-Content-MAC"] = "hmac-sha256=" + code

    def accepts(self, event):
        return pyairtable.models.webhook.WebhookNotification.from_request(
            event.text, event.header("X-Airtable-Content-MAC"), self.secret)
