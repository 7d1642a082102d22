extension SenderCatalogue {
    /// Those that sign with a token, and Amazon's notifications.
    static let cloudSenders = """
        aws-sns  Amazon SNS
          scheme        sns
          binding       topic  the ARN of the topic
          event-id      json:/MessageId
          event-type    json:/Type
          tolerance     3600
          deadline      15
          source        https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
          source        aws/aws-sdk-java-v2, services-custom/sns-message-manager
          confidence    primary
          note          The certificate is fetched from SNS; a public key that is given as secret pins it.
          note          Raw message delivery is not signed: leave it off.
          note          A subscription of the topic that is named is confirmed, by a GET of its SubscribeURL; under
                        topic=any its confirmation is an event like others.

        google-pubsub  Google Cloud Pub/Sub (push)
          scheme        jws header=Authorization prefix="Bearer " algorithm=RS256 iss=https://accounts.google.com
                        iss=accounts.google.com claims=exp,iat,aud body=unsigned
                        keys=https://www.googleapis.com/oauth2/v3/certs
          binding       audience  the audience of the push subscription
          binding       email  the service account of the push subscription
          event-id      json:/message/messageId
          deadline      10
          source        https://docs.cloud.google.com/pubsub/docs/authenticate-push-subscriptions
          confidence    primary
          note          The body is not signed: who has a token can send any body until it expires, within an hour.
          note          The keys are fetched from Google.

        plaid  Plaid
          scheme        jws header=Plaid-Verification algorithm=ES256 body-claim=request_body_sha256
                        timestamp-claim=iat
          event-type    json:/webhook_code
          tolerance     300
          success       200
          deadline      10
          source        https://plaid.com/docs/api/webhooks/webhook-verification/
          confidence    primary
          note          The secret is the JSON Web Key that /webhook_verification_key/get gives. That takes a client's
                        credentials, so it is not fetched: when Plaid rotates, add the new key.

        messagebird  MessageBird (Bird)
          scheme        jws header=MessageBird-Signature-JWT algorithm=HS256,HS384,HS512 body-claim=payload_hash
                        url-claim=url_hash iss=MessageBird claims=iss,nbf,exp
          source        messagebird 2.2.0, messagebird/request_validator.py
          confidence    primary
          note          The secret is the signing key.

        vonage  Vonage (messages and voice, signed webhooks)
          scheme        jws header=Authorization prefix="Bearer " algorithm=HS256 body-claim=payload_hash iss=Vonage
                        timestamp-claim=iat
          source        vonage-jwt 1.1.5, vonage_jwt/verify_jwt.py
          source        https://developer.vonage.com/en/getting-started/concepts/webhooks
          confidence    primary
          note          The secret is the account's signature secret.

        fusionauth  FusionAuth
          scheme        jws header=X-FusionAuth-Signature-JWT
                        algorithm=HS256,HS384,HS512,RS256,RS384,RS512,ES256,ES384,ES512,EdDSA
                        body-claim=request_body_sha256 claim-encoding=base64
          parameter     algorithm  the algorithm of the key that signs, RS256 for one
          parameter     keys  the address of the keys of the own FusionAuth, https://HOST/.well-known/jwks.json
          event-id      json:/event/id
          event-type    json:/event/type
          deadline      2
          source        FusionAuth/fusionauth-site, docs/extend/events-and-webhooks/signing.mdx
          source        https://fusionauth.io/docs/extend/events-and-webhooks/signing
          confidence    primary
          note          The secret is that of the HMAC key, or a public key; with keys= name the algorithm as well.

        netlify  Netlify
          scheme        jws header=X-Webhook-Signature algorithm=HS256 body-claim=sha256 iss=netlify claims=iss,sha256
          object-id     json:/id
          event-type    header:X-Netlify-Event
          source        https://docs.netlify.com/deploy/deploy-notifications/#payload-signature
          confidence    primary
          note          The secret is the JWS secret token.

        monday  monday.com
          scheme        jws header=Authorization prefix="Bearer " bare=allowed algorithm=HS256 claims=exp
                        body=unsigned
          parameter     audience  the address that the token is for, as monday calls it
          handshake     unsigned keys=challenge echo=json:/challenge as=json:challenge
          event-id      json:/event/triggerUuid
          event-type    json:/event/type
          source        https://developer.monday.com/apps/docs/authorization-header
          confidence    primary
          note          The secret is the app's signing secret, or its client secret for events of the app's life.
          note          The body is not signed. Webhooks that were made with a personal token have no token at all.
          note          People get tokens under both secrets: in the address of a feature's sign-in, and as session
                        tokens of the app's pages. Give audience=, the address that monday calls; what the client secret
                        signs any user of the app can send.
        """
}
