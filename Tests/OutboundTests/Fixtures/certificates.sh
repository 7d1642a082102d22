#!/bin/sh
# Makes a private authority and what it vouches for in a folder: certificates.sh FOLDER.
set -eu
cd "$1"
new() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
    printf 'subjectAltName=%s\n' "$2" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile "$1.ext" \
        -out "$1.pem" 2>/dev/null
}
openssl req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.pem -days 2 -subj /CN=authority 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 2 -subj /CN=other 2>/dev/null
new server DNS:localhost
new elsewhere DNS:elsewhere.example
new client DNS:client.example
openssl rsa -in client.key -aes128 -passout pass:secret -out client-locked.key 2>/dev/null
