#!/bin/sh
# Whether the time that a comparison takes tells where an offered signature or token differs from the right one.
#
#     sh Benchmarks/ConstantTime/run.sh [SAMPLES]
#
# Prints for each way in which they may differ the median time, and Welch's t against values that differ in the first byte,
# for three secrets. A comparison that stops at the first difference is measured in the same way, as a control: where that is
# not found out, nothing is concluded, and the exit status is 1. Benchmarks/README.md says how to read it.
set -eu
cd "$(dirname "$0")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
POSTERN_BENCHMARKS=1 swift build -c release --product constant-time >"$log" 2>&1 || { cat "$log"; exit 1; }
"$(POSTERN_BENCHMARKS=1 swift build -c release --show-bin-path)/constant-time" "$@"
