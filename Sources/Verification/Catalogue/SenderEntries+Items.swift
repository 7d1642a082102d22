extension SenderCatalogue {
    static let itemSenders = """
        adyen  Adyen (payments)
          scheme        adyen-items
          object-id     json:/notificationItems/0/NotificationRequestItem/pspReference
          event-type    json:/notificationItems/0/NotificationRequestItem/eventCode
          success       202
          deadline      10
          answer-body   [accepted]
          source        https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures/
          source        Adyen/adyen-java-api-library, com/adyen/util/HMACValidator.java
          confidence    primary
          note          The secret is the HMAC key of the webhook, in hexadecimal.
          note          A pspReference is that of a payment: its events share it.
          note          Of the eight signed fields none is escaped, so a colon in merchantReference can move.

        braintree  Braintree
          scheme        braintree
          parameter     public-key  the public key that belongs to the private one
          handshake     unsigned GET echo=query:bt_challenge of=hex length=20-32 hmac=sha1-hex hmac-prefix={public-key}|
                        hmac-as=text
          deadline      30
          content-type  application/x-www-form-urlencoded
          source        braintree 4.48.0, braintree/webhook_notification_gateway.py and braintree/util/crypto.py
          confidence    primary
          note          The secret is the private key of the API, not a webhook's own.
          note          The payload is XML in base 64; its time is not judged.

        vonage-sms-signature  Vonage SMS (parameter sig)
          scheme        vonage-sms algorithm=md5hash
          parameter     algorithm  md5hash, md5, sha1, sha256 or sha512, as in the account's settings
          object-id     json:/messageId
          content-type  application/x-www-form-urlencoded
          get           is an event
          source        vonage 3.19.0, vonage/client.py
          source        https://developer.vonage.com/en/getting-started/concepts/signing-messages
          confidence    primary
          note          The secret is the account's signature secret, not its API secret.
          note          A messageId is that of a message, whose receipts share it.
        """
}
