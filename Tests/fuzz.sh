#!/bin/sh
# Five seconds of libFuzzer for each parser, from the corpus that is kept: Benchmarks/Fuzzing/run.sh goes on for longer.
set -eu
cd "$(dirname "$0")/.."
sh Benchmarks/Fuzzing/run.sh "${1:-5}"
