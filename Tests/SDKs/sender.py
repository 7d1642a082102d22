"""A sender as its SDK has it, and the event that travels between the SDK and Postern."""

import base64
import copy
import dataclasses
import hashlib
import hmac

ORIGIN = "https://hooks.example.com"


@dataclasses.dataclass
class Event:
    """A request as the sender makes it."""

    uri: str
    headers: dict
    body: bytes

    @property
    def url(self):
        """The address as the sender sees it."""
        return ORIGIN + self.uri

    @property
    def text(self):
        return self.body.decode()

    def header(self, name):
        """The value of a header, whose name has no letter case."""
        return next(value for key, value in self.headers.items() if key.lower() == name.lower())


class Sender:
    """What is known of a sender beside what it signs. Each class below it is one."""

    # As in POSTERN_VERIFY, with its parameters.
    verify = ""
    # The package that signs or verifies, as in requirements.txt.
    sdk = ""
    # What signs: the SDK, or the primitive that the sender's documentation names where its SDK only verifies.
    signed_by = "SDK"
    # What verifies.
    verified_by = "SDK"
    # What POSTERN_SECRET's file holds.
    secret = "a-secret-for-the-test"
    # What `postern sign` takes in its place, where that is a private key.
    signing_secret = None
    query = ""
    content_type = "application/json"
    # Further headers of the sender's requests.
    headers = {}
    # It holds 4200 once, for `change`.
    body = b'{"id": "evt_1", "type": "payment.succeeded", "amount": 4200, "note": "caf\xc3\xa9 & co = \\u00e9"}'

    @property
    def name(self):
        return self.verify.split()[0] + (f" ({self.variant})" if self.variant else "")

    variant = ""

    def event(self, path):
        headers = {"Content-Type": self.content_type, **self.headers}
        return Event(path + (f"?{self.query}" if self.query else ""), headers, self.body)

    def sign(self, event, now):
        """Signs an event at a time in whole seconds, in place."""
        raise NotImplementedError

    def accepts(self, event):
        """Whether the SDK takes an event for genuine: it says no or raises an error if not."""
        raise NotImplementedError

    def change(self, event):
        """The event with a changed body under the same signature."""
        changed = copy.deepcopy(event)
        changed.body = event.body.replace(b"4200", b"4201")
        return changed


def hmac_hex(algorithm, key, data):
    return hmac.new(as_bytes(key), as_bytes(data), algorithm).hexdigest()


def hmac_base64(algorithm, key, data):
    return base64.b64encode(hmac.new(as_bytes(key), as_bytes(data), algorithm).digest()).decode()


def sha256_hex(data):
    return hashlib.sha256(as_bytes(data)).hexdigest()


def as_bytes(value):
    return value.encode() if isinstance(value, str) else value
