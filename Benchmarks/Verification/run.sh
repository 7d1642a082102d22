#!/bin/sh
# What verification costs, as nanoseconds of processor time a request:
# - GitHub's signature of a 2 kB body: Postern's verifier against a program in C that calls HMAC();
# - signatures of private keys, against libcrypto's own time for such a signature;
# - a caller's address in lists of ip= of one range and of many, which should cost little more;
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
for ranges in 1 100 10000 20000; do
    echo "ip= with $ranges ranges: $("$postern" addresses $ranges) ns a request"
done
for size in 2048 65536; do
    # The best of three rounds, in which a pass of the digest and the senders take turns: whatever else the machine does
    # slows both.
    : >"$folder/senders"
    : >"$folder/digests"
    for round in 1 2 3; do
        "$postern" senders $size >"$folder/round"
        cut -d ' ' -f 2,3 "$folder/round" | sort -u | while read -r digest bytes; do
            echo "$digest $bytes $("$folder/digest" "$digest" "$bytes")"
        done >>"$folder/digests"
        cat "$folder/round" >>"$folder/senders"
    done
    awk -v size=$size -v all="${1:-}" '
        NR == FNR { if (!pass[$1 " " $2] || $3 < pass[$1 " " $2]) pass[$1 " " $2] = $3; next }
        !best[$1] { name[++total] = $1; digest[$1] = $2 " " $3; bytes[$1] = $3 }
        !best[$1] || $4 < best[$1] { best[$1] = $4 }
        END {
            for (number = 1; number <= total; number++) {
                sender = name[number]
                once = pass[digest[sender]]
                bound = 1.3 * once + 5000
                if (best[sender] > bound) over++
                if (best[sender] > bound || all != "")
                    line[++lines] = sprintf("  %-26s %6d bytes: digest %6d ns, bound %6d ns, Postern %6d ns: %.2f of the bound\n",
                        sender, bytes[sender], once, bound, best[sender], best[sender] / bound)
            }
            printf "%d of %d senders within 1.3 digests and 5 us, bodies of about %d bytes\n", total - over, total, size
            for (number = 1; number <= lines; number++) printf "%s", line[number]
        }' "$folder/digests" "$folder/senders"
done
