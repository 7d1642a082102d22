"""Senders that sign with a token."""

import base64
import json
import time

import google.auth.crypt
import google.auth.jwt
import jwt
import messagebird.request_validator
import vonage_jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from plaid.model.jwk_public_key import JWKPublicKey

from sender import Sender, sha256_hex


class Plaid(Sender):
    """Plaid's SDK has a type for the key and no function that verifies: its documentation says how, with a JWT library."""

    verify = "plaid"
    sdk = "plaid-python"
    signed_by = "PyJWT"
    key = ec.generate_private_key(ec.SECP256R1())
    algorithm = jwt.algorithms.ECAlgorithm
    public = JWKPublicKey(
        alg="ES256", kid="key-1", use="sig", created_at=1760000000, expired_at=None,
        **algorithm.to_jwk(key.public_key(), as_dict=True))
    secret = json.dumps(public.to_dict())
    signing_secret = json.dumps(dict(algorithm.to_jwk(key, as_dict=True), alg="ES256", kid="key-1", use="sig"))

    def sign(self, event, now):
        claims = {"iat": now, "request_body_sha256": sha256_hex(event.body)}
        event.headers["Plaid-Verification"] = jwt.encode(claims, self.key, algorithm="ES256", headers={"kid": "key-1"})

    def accepts(self, event):
        token = event.header("Plaid-Verification")
        if jwt.get_unverified_header(token)["alg"] != "ES256":
            return False
        claims = jwt.decode(token, self.algorithm.from_jwk(self.public.to_dict()), algorithms=["ES256"])
        return claims["iat"] > time.time() - 300 and claims["request_body_sha256"] == sha256_hex(event.body)


class MessageBird(Sender):
    verify = "messagebird"
    sdk = "messagebird"
    signed_by = "PyJWT"
    secret = "a-signing-key-of-at-least-thirty-two-bytes"
    query = "a=1&b=caf%C3%A9"

    def sign(self, event, now):
        claims = {
            "iss": "MessageBird", "nbf": now, "exp": now + 60, "jti": "1", "url_hash": sha256_hex(event.url),
            "payload_hash": sha256_hex(event.body),
        }
        event.headers["MessageBird-Signature-JWT"] = jwt.encode(claims, self.secret, algorithm="HS256")

    def accepts(self, event):
        validator = messagebird.request_validator.RequestValidator(self.secret)
        return validator.validate_signature(event.header("MessageBird-Signature-JWT"), event.url, event.body)


class Vonage(Sender):
    verify = "vonage"
    sdk = "vonage-jwt"
    signed_by = "PyJWT"
    secret = "a-signature-secret-of-at-least-thirty-two-bytes"

    def sign(self, event, now):
        claims = {"iss": "Vonage", "iat": now, "jti": "1", "api_key": "key", "payload_hash": sha256_hex(event.body)}
        event.headers["Authorization"] = "Bearer " + jwt.encode(claims, self.secret, algorithm="HS256")

    def accepts(self, event):
        token = event.header("Authorization").removeprefix("Bearer ")
        claims = jwt.decode(token, options={"verify_signature": False})
        return vonage_jwt.verify_signature(token, self.secret) and claims["payload_hash"] == sha256_hex(event.body)


class GooglePubSub(Sender):
    """The body is not signed: what is changed is the token's audience."""

    verify = "google-pubsub audience=https://hooks.example.com email=push@project.iam.gserviceaccount.com"
    sdk = "google-auth"
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()).decode().strip()
    secret = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode().strip()
    signing_secret = private
    body = b'{"message": {"messageId": "1", "data": "eyJ9"}, "subscription": "projects/p/subscriptions/s"}'

    def sign(self, event, now):
        claims = {
            "iss": "https://accounts.google.com", "aud": "https://hooks.example.com", "iat": now, "exp": now + 3600,
            "email": "push@project.iam.gserviceaccount.com", "email_verified": True, "sub": "1",
        }
        signer = google.auth.crypt.RSASigner.from_string(self.private, key_id="1")
        event.headers["Authorization"] = "Bearer " + google.auth.jwt.encode(signer, claims).decode()

    def accepts(self, event):
        token = event.header("Authorization").removeprefix("Bearer ")
        claims = google.auth.jwt.decode(token, certs=self.secret, audience="https://hooks.example.com")
        return claims["email"] == "push@project.iam.gserviceaccount.com" and claims["email_verified"]

    def change(self, event):
        changed = super().change(event)
        head, payload, signature = event.header("Authorization").split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
        claims["sub"] = "another"
        payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        changed.headers["Authorization"] = ".".join([head, payload, signature])
        return changed
