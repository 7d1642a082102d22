#!/bin/sh
# Verifies GitHub's signature of a 2 kB body in a loop: Postern's verifier against a program in C that calls HMAC().
# Then verifies signatures of private keys, against libcrypto's own time for such a signature.
# Prints nanoseconds of processor time a request for both, and the ratio.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -O2 Benchmarks/Verification/hmac.c -o "$folder/hmac" -lcrypto
cc -O2 Benchmarks/Verification/signature.c -o "$folder/signature" -lcrypto
POSTERN_BENCHMARKS=1 swift build -c release --product verification-speed >/dev/null
postern=$(POSTERN_BENCHMARKS=1 swift build -c release --show-bin-path)/verification-speed
for round in 1 2 3; do
    c=$("$folder/hmac")
    swift=$("$postern")
    awk -v c="$c" -v swift="$swift" \
        'BEGIN { printf "C %d ns, Postern %d ns: %.2f times the rate of C\n", c, swift, c / swift }'
done
for algorithm in ed25519 ecdsa-p256-sha256 rsa-sha256 ES256; do
    own=$algorithm
    [ "$algorithm" != ES256 ] || own=ecdsa-p256-sha256
    c=$("$folder/signature" "$own")
    swift=$("$postern" "$algorithm")
    awk -v name="$algorithm" -v c="$c" -v swift="$swift" \
        'BEGIN { printf "%s: libcrypto %d ns, Postern %d ns: %.2f times its time\n", name, c, swift, swift / c }'
done
