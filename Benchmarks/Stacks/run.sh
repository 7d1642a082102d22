#!/bin/sh
# Runs stacks without I/O in a loop, and the same in PHP: ten statements over an event of 6.5 KB, from its body to its
# answer's text, and a million additions. Prints microseconds of processor time a run for both, and the ratio.
set -eu
cd "$(dirname "$0")/../.."
. nginx/packages.sh
need_packages php-cli
log=$(mktemp)
trap 'rm -f "$log"' EXIT
POSTERN_BENCHMARKS=1 swift build -c release --product stacks-speed >"$log" 2>&1 || { cat "$log"; exit 1; }
postern=$(POSTERN_BENCHMARKS=1 swift build -c release --show-bin-path)/stacks-speed
folder=Benchmarks/Stacks

# compare TITLE QUERY SCRIPT RUNS [ARGUMENT …]
compare() {
    title=$1 query=$2 script=$3 runs=$4
    shift 4
    php=$(php -n -d opcache.enable_cli=0 "$folder/$script" "$@")
    swift=$("$postern" $folder/workspace "$query" $folder/event.json "$runs")
    [ "${php%
*}" = "${swift%
*}" ] || { echo "the answers differ:"; echo "$php"; echo "$swift"; exit 1; }
    awk -v title="$title" -v php="${php##*
}" -v swift="${swift##*
}" 'BEGIN { printf "%s: PHP %.1f us, Postern %.1f us: %.2f times the time of PHP\n", title, php / 1000, swift / 1000, swift / php }'
}

for round in 1 2 3; do
    compare "ten statements" shop/order order.php 5000 $folder/event.json 5000
    compare "a million additions" shop/additions additions.php 5
done
