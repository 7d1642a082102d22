"""Senders of messages, calls and mail."""

import base64
import json
import time
import urllib.parse

import discord_interactions
import linebot.v3.webhook
import mailgun.security
import nacl.signing
import pusher
import slack_sdk.signature
import telnyx
import twilio.request_validator
import viberbot
import vonage_http_client
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from sendgrid.helpers.eventwebhook import EventWebhook
from telnyx.lib.webhook_verification import verify_webhook_signature

from sender import Sender, hmac_base64, hmac_hex, sha256_hex


def private_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode().strip()


def public_base64(key):
    """The form in which SendGrid's page shows its key."""
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


class Slack(Sender):
    verify = "slack"
    sdk = "slack_sdk"
    body = b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "text": "4200"}}'

    def sign(self, event, now):
        verifier = slack_sdk.signature.SignatureVerifier(self.secret)
        event.headers["X-Slack-Request-Timestamp"] = str(now)
        event.headers["X-Slack-Signature"] = verifier.generate_signature(timestamp=str(now), body=event.body)

    def accepts(self, event):
        return slack_sdk.signature.SignatureVerifier(self.secret).is_valid_request(event.body, event.headers)


class SlackCommand(Slack):
    variant = "command"
    content_type = "application/x-www-form-urlencoded"
    body = b"token=t&team_id=T1&command=%2Fpay&text=4200+to+%C3%A9"


class Twilio(Sender):
    verify = "twilio"
    sdk = "twilio"
    variant = "form"
    query = "bar=foo%20b&x=1"
    content_type = "application/x-www-form-urlencoded"
    body = b"To=%2B18005551212&From=%2B14158675309&Digits=4200&CallSid=CA1&Empty=&Text=caf%C3%A9+%26+co"

    def parameters(self, event):
        return dict(urllib.parse.parse_qsl(event.text, keep_blank_values=True))

    def sign(self, event, now):
        validator = twilio.request_validator.RequestValidator(self.secret)
        event.headers["X-Twilio-Signature"] = validator.compute_signature(event.url, self.parameters(event))

    def accepts(self, event):
        validator = twilio.request_validator.RequestValidator(self.secret)
        return validator.validate(event.url, self.parameters(event), event.header("X-Twilio-Signature"))


class TwilioJSON(Twilio):
    variant = "JSON"
    query = "first=1"
    content_type = "application/json"
    body = Sender.body

    def parameters(self, event):
        return event.text

    def sign(self, event, now):
        validator = twilio.request_validator.RequestValidator(self.secret)
        event.uri += "&bodySHA256=" + validator.compute_hash(event.text)
        event.headers["X-Twilio-Signature"] = validator.compute_signature(event.url, {})


class TwilioShared(Twilio):
    variant = "shared key"
    headers = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}

    def algorithm(self, event):
        return twilio.request_validator.get_signature_algorithm(event.header("X-Twilio-Webhooks-Signature-Settings"))

    def sign(self, event, now):
        validator = twilio.request_validator.RequestValidator(self.secret)
        event.headers["X-Twilio-Signature"] = validator.compute_signature(
            event.url, self.parameters(event), self.algorithm(event))

    def accepts(self, event):
        validator = twilio.request_validator.RequestValidator(self.secret)
        return validator.validate(
            event.url, self.parameters(event), event.header("X-Twilio-Signature"), self.algorithm(event))


class SendGrid(Sender):
    verify = "sendgrid"
    sdk = "sendgrid"
    signed_by = "ECDSA P-256"
    key = ec.generate_private_key(ec.SECP256R1())
    secret = public_base64(key)
    signing_secret = private_pem(key)
    # SendGrid's bodies end with a line end.
    body = b'[{"email": "example@test.com", "event": "processed", "sg_event_id": "4200"}]\r\n'
    prefix = "X-Twilio-Email-Event-Webhook-"

    def sign(self, event, now):
        signature = self.key.sign(f"{now}{event.text}".encode(), ec.ECDSA(hashes.SHA256()))
        event.headers[self.prefix + "Timestamp"] = str(now)
        event.headers[self.prefix + "Signature"] = base64.b64encode(signature).decode()

    def accepts(self, event):
        return EventWebhook(self.secret).verify_signature(
            event.text, event.header(self.prefix + "Signature"), event.header(self.prefix + "Timestamp"))


class Discord(Sender):
    verify = "discord"
    sdk = "discord-interactions"
    signed_by = "PyNaCl"
    key = nacl.signing.SigningKey.generate()
    secret = key.verify_key.encode().hex()
    signing_secret = private_pem(ed25519.Ed25519PrivateKey.from_private_bytes(key.encode()))
    body = b'{"id": "1", "type": 2, "data": {"name": "pay", "id": "4200"}}'

    def sign(self, event, now):
        event.headers["X-Signature-Timestamp"] = str(now)
        event.headers["X-Signature-Ed25519"] = self.key.sign(str(now).encode() + event.body).signature.hex()

    def accepts(self, event):
        return discord_interactions.verify_key(
            event.body, event.header("X-Signature-Ed25519"), event.header("X-Signature-Timestamp"), self.secret)


class Line(Sender):
    verify = "line"
    sdk = "line-bot-sdk"
    signed_by = "HMAC-SHA256"

    def sign(self, event, now):
        event.headers["x-line-signature"] = hmac_base64("sha256", self.secret, event.body)

    def accepts(self, event):
        return linebot.v3.webhook.SignatureValidator(self.secret).validate(event.text, event.header("X-Line-Signature"))


class Viber(Sender):
    verify = "viber"
    sdk = "viberbot"
    secret = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"

    def client(self):
        return viberbot.Api(viberbot.BotConfiguration(name="bot", avatar="", auth_token=self.secret))

    def sign(self, event, now):
        event.headers["X-Viber-Content-Signature"] = self.client()._calculate_message_signature(event.body)

    def accepts(self, event):
        return self.client().verify_signature(event.body, event.header("X-Viber-Content-Signature"))


class Pusher(Sender):
    verify = "pusher"
    sdk = "pusher"
    signed_by = "HMAC-SHA256"
    headers = {"X-Pusher-Key": "key"}

    def event(self, path):
        event = super().event(path)
        event.body = json.dumps({"time_ms": int(time.time() * 1000), "events": [{"name": "channel_occupied", "channel": "4200"}]}).encode()
        return event

    def sign(self, event, now):
        event.headers["X-Pusher-Signature"] = hmac_hex("sha256", self.secret, event.body)

    def accepts(self, event):
        client = pusher.Pusher(app_id="1", key="key", secret=self.secret)
        return client.validate_webhook(event.header("X-Pusher-Key"), event.header("X-Pusher-Signature"), event.text) is not None


class Mailgun(Sender):
    verify = "mailgun"
    sdk = "mailgun"
    signed_by = "HMAC-SHA256"
    body = b'{"signature": {"timestamp": "0", "token": "4200e1b8f6d2c3a4958b7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f", "signature": ""}, "event-data": {"event": "opened"}}'

    def sign(self, event, now):
        message = json.loads(event.body)
        signature = message["signature"]
        signature["timestamp"] = str(now)
        signature["signature"] = hmac_hex("sha256", self.secret, f"{now}{signature['token']}")
        event.body = json.dumps(message).encode()

    def accepts(self, event):
        signature = json.loads(event.body)["signature"]
        return mailgun.security.SecurityGuard.verify_webhook(
            self.secret, signature["token"], signature["timestamp"], signature["signature"])


class VonageSMS(Sender):
    verify = "vonage-sms-signature algorithm=sha256"
    sdk = "vonage-http-client"
    content_type = "application/x-www-form-urlencoded"
    body = b"msisdn=447700900001&to=447700900000&messageId=0A0000&text=4200+%3D+a+%26+b&type=text"

    def auth(self):
        return vonage_http_client.Auth(api_key="key", signature_secret=self.secret, signature_method="sha256")

    def sign(self, event, now):
        parameters = dict(urllib.parse.parse_qsl(event.text), timestamp=str(now))
        parameters["sig"] = self.auth().sign_params(dict(parameters))
        event.body = urllib.parse.urlencode(parameters).encode()

    def accepts(self, event):
        return self.auth().check_signature(dict(urllib.parse.parse_qsl(event.text)))


class Telnyx(Sender):
    verify = "telnyx"
    sdk = "telnyx"
    signed_by = "PyNaCl"
    key = nacl.signing.SigningKey.generate()
    secret = base64.b64encode(key.verify_key.encode()).decode()
    signing_secret = private_pem(ed25519.Ed25519PrivateKey.from_private_bytes(key.encode()))

    def sign(self, event, now):
        signature = self.key.sign(f"{now}|".encode() + event.body).signature
        event.headers["Telnyx-Timestamp"] = str(now)
        event.headers["Telnyx-Signature-Ed25519"] = base64.b64encode(signature).decode()

    def accepts(self, event):
        verify_webhook_signature(event.body, event.headers, self.secret)
