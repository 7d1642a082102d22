#!/bin/sh
# What verification costs, as nanoseconds of processor time a request:
# - GitHub's signature of a 2 kB body: Postern's verifier against a program in C that calls HMAC();
# - signatures of private keys, against libcrypto's own time for such a signature;
# - every sender of the catalogue that signs with an HMAC, for bodies of about 2 and 64 kB, against 1.3 times one pass of its
#   digest over the body and 5 microseconds. Those that take longer are listed.
#
#     sh Benchmarks/Verification/run.sh [all]     lists all senders
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for program in hmac signature digest; do
    cc -O2 Benchmarks/Verification/$program.c -o "$folder/$program" -lcrypto
done
POSTERN_BENCHMARKS=1 swift build -c release --product verification-speed >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
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
for size in 2048 65536; do
    "$postern" senders $size >"$folder/senders"
    # One pass of the digest over a body of that length, measured once for each.
    cut -d ' ' -f 2,3 "$folder/senders" | sort -u | while read -r digest bytes; do
        echo "$digest $bytes $("$folder/digest" "$digest" "$bytes")"
    done >"$folder/digests"
    awk -v size=$size -v all="${1:-}" '
        NR == FNR { pass[$1 " " $2] = $3; next }
        {
            bound = 1.3 * pass[$2 " " $3] + 5000
            total++
            if ($4 > bound) over++
            if ($4 > bound || all != "")
                line[total] = sprintf("  %-26s %-6s %6d bytes: digest %6d ns, bound %6d ns, Postern %6d ns: %.2f of the bound\n",
                    $1, $2, $3, pass[$2 " " $3], bound, $4, $4 / bound)
        }
        END {
            printf "%d of %d senders within 1.3 digests and 5 us, bodies of about %d bytes\n", total - over, total, size
            for (number = 1; number <= total; number++) printf "%s", line[number]
        }' "$folder/digests" "$folder/senders"
done
