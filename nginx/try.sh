#!/bin/sh
# Shows Postern at work behind a real nginx on loopback: a signed event, a forged one, a repeated one and a broken one.
# Installs what is missing, builds if needed, and leaves nothing running.
set -eu
cd "$(dirname "$0")/.."
. nginx/packages.sh

need_swift
need_packages $build_packages nginx-light curl sqlite3
echo "Building, which takes some minutes the first time"
swift build -c release --product postern >/tmp/postern-build.$$ 2>&1 || { cat /tmp/postern-build.$$; rm -f /tmp/postern-build.$$; exit 1; }
rm -f /tmp/postern-build.$$
postern=$(swift build -c release --show-bin-path)/postern

umask 022
root=$(mktemp -d /tmp/postern-try-XXXXXX)
chmod 755 "$root"
pids=
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    for pid in $pids; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$root"
}
trap finish EXIT
trap 'exit 130' INT TERM

cp -r Examples/typeform "$root/typeform"
chmod -R go-w "$root/typeform"
mkdir -m 700 "$root/data"
# nginx looks for what postern_params includes beside its own configuration.
cp /etc/nginx/fastcgi_params "$root/"
(umask 077 && echo 'correct horse battery staple' >"$root/secret" && echo 'guessed' >"$root/guess")
port=18080
while curl -s -o /dev/null "http://127.0.0.1:$port/"; do port=$((port + 1)); done

user=
[ "$(id -u)" != 0 ] || user="user root;"
cat >"$root/nginx.conf" <<CONFIGURATION
$user
daemon off;
pid $root/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path $root/body; fastcgi_temp_path $root/fastcgi; proxy_temp_path $root/proxy;
    uwsgi_temp_path $root/uwsgi; scgi_temp_path $root/scgi;
    upstream postern { server unix:$root/postern.sock; keepalive 8; }
    server {
        listen 127.0.0.1:$port;
        location = /api:forms/answers {
            include       "$PWD/nginx/postern_params";
            fastcgi_param POSTERN_VERIFY    "typeform";
            fastcgi_param POSTERN_SECRET    "file:$root/secret";
            fastcgi_param POSTERN_WORKSPACE "$root/typeform";
            fastcgi_param POSTERN_DATABASE  "$root/data/typeform.sqlite";
        }
    }
}
CONFIGURATION

"$postern" serve --socket "$root/postern.sock" 2>"$root/postern.log" &
pids="$pids $!"
nginx -c "$root/nginx.conf" -e "$root/nginx.log" &
pids="$pids $!"
address=http://127.0.0.1:$port/api:forms/answers
tries=0
until curl -s -o /dev/null "$address" && [ -S "$root/postern.sock" ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat "$root/postern.log" "$root/nginx.log" >&2; exit 1; }
    sleep 0.1
done

cat >"$root/event" <<'EVENT'
{"event_id": "01HZ4T", "event_type": "form_response", "form_response": {"form_id": "coffee", "token": "a3a12ec6",
 "definition": {"fields": [{"id": "q1", "title": "How do you take it?"}, {"id": "q2", "title": "Again tomorrow?"}]},
 "answers": [{"type": "choice", "choice": {"label": "Black"}, "field": {"id": "q1"}},
             {"type": "boolean", "boolean": true, "field": {"id": "q2"}}]}}
EVENT
echo '{"event_type": "form_response", "form_response": ' >"$root/broken"

# send TITLE BODY SECRET
send() {
    printf '\n== %s\n' "$1"
    "$postern" sign --verify typeform --secret "file:$3" <"$2" >"$root/headers"
    printf 'POST /api:forms/answers\n'
    cat "$root/headers"
    printf "%s…\n" "$(head -n 1 "$2" | head -c 100)"
    printf '%s\n' '--'
    curl -s -i -H @"$root/headers" -H 'Content-Type: application/json' --data-binary @"$2" "$address" |
        tr -d '\r' | grep -iE '^HTTP|^postern-|^[{]'
    printf '%s rows: ' "--"
    sqlite3 "$root/data/typeform.sqlite" 'SELECT count(*) FROM answer' 2>/dev/null || echo 0
    sqlite3 "$root/data/typeform.sqlite" 'SELECT id, question, answer FROM answer' 2>/dev/null || true
}
send "A signed event" "$root/event" "$root/secret"
send "A forged one: signed with another secret" "$root/event" "$root/guess"
send "The first one again: the answer comes from the store, nothing runs twice" "$root/event" "$root/secret"
send "A broken one: signed, but its JSON breaks off" "$root/broken" "$root/secret"

printf '\n== The inbox\n'
"$postern" events list --database "$root/data/typeform.sqlite"
printf '\n== What Postern logged\n'
cat "$root/postern.log"
cat <<'NEXT'

How to go on:
  README.md            ten minutes behind your own nginx, or on shared hosting
  nginx/postern.conf   locations to copy for Stripe, Slack, GitHub and others
  Examples/            whole workspaces to start from
NEXT
