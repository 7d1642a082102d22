#!/bin/sh
# Adds records of seven columns in a loop, 32 in a transaction: db.add of a stack, as the store does it, against a
# prepared INSERT in C. Prints nanoseconds of processor time a record for both, and the ratio.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -O2 Benchmarks/Records/insert.c -o "$folder/insert" -lsqlite3
POSTERN_BENCHMARKS=1 swift build -c release --product records-speed >/dev/null
postern=$(POSTERN_BENCHMARKS=1 swift build -c release --show-bin-path)/records-speed
for round in 1 2 3; do
    c=$("$folder/insert" "$folder/c$round.sqlite")
    swift=$("$postern" "$folder/postern$round.sqlite")
    awk -v c="$c" -v swift="$swift" \
        'BEGIN { printf "C %d ns, Postern %d ns: %.2f times the time of C\n", c, swift, swift / c }'
done
