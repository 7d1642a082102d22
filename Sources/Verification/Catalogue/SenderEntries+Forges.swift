extension SenderCatalogue {
    static let forgeSenders = #"""
        gitlab-signing-token  GitLab (signing token)
          scheme        hmac-sha256 header=webhook-signature id-header=webhook-id signed={id}.{timestamp}.{body}
                        items=" " pair=, tag=v1 timestamp-header=webhook-timestamp encoding=base64 key=base64
                        key-prefix=whsec_
          event-id      header:webhook-id
          event-type    header:X-Gitlab-Event
          deadline      10
          disables      4xx
          source        gitlab.com/gitlab-org/gitlab/-/merge_requests/230944 and /231325
          confidence    primary
          note          The key is whsec_ and 32 bytes in base 64. X-Gitlab-Token may come beside it and is not looked
                        at.

        bitbucket-cloud  Bitbucket Cloud
          scheme        hmac-sha256 header=X-Hub-Signature prefix=sha256= signed={body} encoding=hex
          delivery-id   header:X-Request-UUID
          event-type    header:X-Event-Key
          deadline      10
          addresses     json https://ip-ranges.atlassian.com/
                        .items[]|select(.product|index("bitbucket"))|select(.direction|index("egress"))|.cidr
          source        https://bitbucket.org/blog/enhanced-webhook-security
          source        https://www.skills.sh/hookdeck/webhook-skills/bitbucket-webhooks
          confidence    primary
          note          The header is the one in which GitHub sends SHA-1; here it is SHA-256.
          note          No secret at Bitbucket means no header.

        bitbucket-server  Bitbucket Data Center / Server
          scheme        hmac-sha256 header=X-Hub-Signature prefix=sha256= signed={body} encoding=hex
          delivery-id   header:X-Request-Id
          event-type    header:X-Event-Key
          source        confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html (via
                        coderabbitai.github.io/bitbucket)
          confidence    primary
          note          The header is the one in which GitHub sends SHA-1; here it is SHA-256.
          note          The test of the connection sends the event diagnostics:ping.

        gitea  Gitea
          scheme        hmac-sha256 header=X-Gitea-Signature signed={body} encoding=hex
          delivery-id   header:X-Gitea-Delivery
          event-type    header:X-Gitea-Event
          deadline      5
          source        go-gitea/gitea, services/webhook/deliver.go
          source        https://docs.gitea.com/usage/webhooks
          confidence    primary
          note          X-Hub-Signature-256 and headers named after Gogs come as well and are not looked at.
          note          Choose application/json there: of a form only the field payload is signed.

        forgejo  Forgejo
          scheme        hmac-sha256 header=X-Forgejo-Signature header=X-Gitea-Signature signed={body} encoding=hex
          delivery-id   header:X-Forgejo-Delivery
          event-type    header:X-Forgejo-Event
          deadline      5
          source        forgejo/forgejo, services/webhook/shared/payloader.go, services/webhook/default.go and
                        modules/setting/webhook.go
          source        https://forgejo.org/docs/latest/user/webhooks
          confidence    primary
          note          Older versions send the header under Gitea's name only.
          note          Choose POST and application/json there: of a form or of GET only the field payload is signed.

        gogs  Gogs
          scheme        hmac-sha256 header=X-Gogs-Signature signed={body} encoding=hex
          delivery-id   header:X-Gogs-Delivery
          event-type    header:X-Gogs-Event
          deadline      15
          source        gogs/gogs, internal/database/webhook.go
          source        https://gogs.io/docs/features/webhook
          confidence    primary
          note          Choose application/json there: of a form only the field payload is signed.

        npm  npm registry hooks
          scheme        hmac-sha256 header=X-Npm-Signature prefix=sha256= signed={body} encoding=hex
          event-type    json:/event
          source        npm/npm-hook-receiver, index.js
          confidence    primary
          note          The registry has retired its hooks; registries of one's own may still send them.

        docker-hub  Docker Hub
          scheme        token query=token
          parameter     query the name of the parameter that holds the token
          source        https://docs.docker.com/docker-hub/repos/manage/webhooks
          confidence    primary
          note          Docker Hub signs nothing. Put a token of your own making into the address, ?token=…

        netbox  NetBox
          scheme        hmac-sha512 header=X-Hook-Signature signed={body} encoding=hex
          event-type    json:/event
          source        netbox-community/netbox, netbox/extras/webhooks.py
          confidence    primary
          note          The header is Asana's, the digest SHA-512.
        """#
}
