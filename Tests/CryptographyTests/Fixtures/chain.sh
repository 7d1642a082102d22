#!/bin/sh
# Makes authorities and what they vouch for in a folder: chain.sh FOLDER. Those of `root` are valid for 30 days, what the
# intermediate vouches for for 10, its own certificate for 20.
set -eu
cd "$1"
# issue NAME ISSUER DAYS EXTENSIONS [DIGEST]
issue() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=${6:-$1}" 2>/dev/null
    printf '%b' "$4" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "$3" -extfile "$1.ext" \
        "-${5:-sha256}" -out "$1.pem" 2>/dev/null
}
for name in root other; do
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$name.key" -out "$name.pem" -days 30 -subj "/CN=$name" 2>/dev/null
done
authority='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
host='basicConstraints=CA:FALSE\nsubjectAltName=DNS:sns.amazonaws.com\n'
issue intermediate root 20 "$authority"
issue direct root 30 "$host"
issue leaf intermediate 10 "$host"
issue elsewhere root 30 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:sns.amazonaws.com.evil.example,DNS:evil.example\n' \
    sha256 sns.amazonaws.com
issue wildcard root 30 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:*.amazonaws.com\n'
issue named root 30 'basicConstraints=CA:FALSE\n' sha256 sns.amazonaws.com
# Who is no authority vouches for nobody.
issue impostor direct 30 "$host"
issue weak root 30 "$host" sha1
openssl req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -days 30 -subj /CN=sns.amazonaws.com \
    -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:sns.amazonaws.com 2>/dev/null
