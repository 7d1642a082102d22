#!/bin/sh
# Times `postern check` over a workspace of its own making: FILES files (1000 where nothing is said), nine in ten of
# them queries and functions with stacks of about fifty lines, the others tables. That is all that serving a workspace
# needs before the first request: reading, parsing, lowering. Prints lines and megabytes read, and for each run the time
# from start to exit and the processor time, user and system.
set -eu
files=${1:-1000}
cd "$(dirname "$0")/../.."
log=$(mktemp)
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$log"' EXIT
swift build -c release --product postern >"$log" 2>&1 || { cat "$log"; exit 1; }
postern=$(swift build -c release --show-bin-path)/postern
awk -v files="$files" -v folder="$folder" -f Benchmarks/Loading/workspace.awk
"$postern" check --workspace "$folder" | tail -1
find "$folder" -name '*.xs' -exec cat {} + | wc -lc |
    awk '{ printf "%d lines, %.1f MB\n", $1, $2 / 1e6 }'
for round in 1 2 3 4 5; do
    start=$(date +%s%N)
    processor=$(sh -c '"$0" check --workspace "$1" >/dev/null; times' "$postern" "$folder" | tail -1)
    end=$(date +%s%N)
    echo "$(((end - start) / 1000000)) ms, of the processor $processor"
done
