#!/bin/sh
# Feeds the parsers with input that libFuzzer makes, with the address sanitizer in all of Postern's own code.
#
# sh Benchmarks/Fuzzing/run.sh [SECONDS [TARGET …]]     ten minutes for each target where nothing is said
#
# Starts from the corpus that is kept beside the tests: Tests/FuzzTests/Corpus/TARGET.base64 holds one input a line. What
# breaks a target is left in .build/fuzzing as an input file, with the line to add to the corpus once it is mended. KEEP=1
# makes the corpus anew from what reached any code, as few inputs as do.
set -eu
cd "$(dirname "$0")/../.."
. nginx/packages.sh
need_swift
need_packages $build_packages
seconds=${1:-600}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- source expression json form multipart xml csv yaml template

work=$PWD/.build/fuzzing
mkdir -p "$work"
log=$work/build.log
POSTERN_FUZZING=1 swift build -c release --product fuzzing --scratch-path "$work/swift" \
    -Xswiftc -sanitize=fuzzer,address \
    >"$log" 2>&1 || { cat "$log"; exit 1; }
archives=$(POSTERN_FUZZING=1 swift build -c release --scratch-path "$work/swift" --show-bin-path)
swiftc -sanitize=fuzzer,address -use-ld=lld "$archives/libfuzzing.a" -lcrypto -lpcre2-8 -o "$work/fuzz" >>"$log" 2>&1 || { cat "$log"; exit 1; }

export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
for target in "$@"; do
    export POSTERN_FUZZ="$target"
    kept=Tests/FuzzTests/Corpus/$target.base64
    corpus=$work/corpus/$target
    log=$work/$target.log
    mkdir -p "$corpus"
    touch "$kept"
    number=0
    while read -r line; do
        number=$((number + 1))
        printf %s "$line" | base64 -d >"$corpus/kept-$number"
    done <"$kept"
    # An input that takes ten seconds is a hang.
    if ! "$work/fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
        -artifact_prefix="$work/$target-" "$corpus" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "Benchmarks/Fuzzing/run.sh: $target broke; the whole of it is in $log, the input for $kept:" >&2
        sed -n 's/^Base64: //p' "$log" >&2
        exit 1
    fi
    echo "$target: $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 inputs in \2 s/p' "$log"), nothing broke"
    if [ -n "${KEEP:-}" ]; then
        rm -rf "$work/fewest"
        mkdir "$work/fewest"
        "$work/fuzz" -set_cover_merge=1 -use_counters=0 -use_cmp=0 -max_len=2048 "$work/fewest" "$corpus" >>"$log" 2>&1
        for input in "$work/fewest"/*; do base64 -w0 "$input"; echo; done | LC_ALL=C sort -u >"$kept"
    fi
done
