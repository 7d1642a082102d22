#!/bin/sh
# Verifies GitHub's signature of a 2 kB body in a loop: Postern's verifier against a program in C that calls HMAC().
# Prints nanoseconds of processor time a request for both, and the ratio.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -O2 Benchmarks/Verification/hmac.c -o "$folder/hmac" -lcrypto
POSTERN_BENCHMARKS=1 swift build -c release --product verification-speed >/dev/null
postern=$(POSTERN_BENCHMARKS=1 swift build -c release --show-bin-path)/verification-speed
for round in 1 2 3; do
    c=$("$folder/hmac")
    swift=$("$postern")
    awk -v c="$c" -v swift="$swift" \
        'BEGIN { printf "C %d ns, Postern %d ns: %.2f times the rate of C\n", c, swift, c / swift }'
done
