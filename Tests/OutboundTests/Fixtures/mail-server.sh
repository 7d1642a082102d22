#!/bin/sh
# Runs OpenSMTPD, which keeps what arrives in the folder's mail/new: mail-server.sh FOLDER. Its spool and its control
# socket are at fixed places, so it has file systems of its own there; FOLDER/sendmail is its sendmail.
set -eu
folder=$1
if [ "${2-}" != inside ]; then
    mkdir -p /var/spool/smtpd
    exec unshare --mount sh "$0" "$folder" inside
fi
mount -t tmpfs -o mode=711 tmpfs /var/spool/smtpd
mount -t tmpfs -o mode=755 tmpfs /run
mkdir "$folder/mail"
chown nobody "$folder/mail"
cat >"$folder/smtpd.conf" <<CONF
listen on socket
action "keep" maildir "$folder/mail" virtual { "@" = "nobody" }
match from any for any action "keep"
CONF
cat >"$folder/sendmail" <<PROGRAM
#!/bin/sh
# Nothing says when it listens.
until nsenter --target $$ --mount smtpctl show status >/dev/null 2>&1; do sleep 0.05; done
exec nsenter --target $$ --mount /usr/sbin/sendmail "\$@"
PROGRAM
chmod 755 "$folder" "$folder/sendmail"
exec smtpd -d -f "$folder/smtpd.conf"
