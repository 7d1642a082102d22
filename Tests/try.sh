#!/bin/sh
# What nginx/try.sh shows a newcomer is what it promises, also the second time.
set -eu
cd "$(dirname "$0")/.."

for round in first second; do
    output=$(sh nginx/try.sh) || { echo "$output"; echo "try: failed the $round time" >&2; exit 1; }
    for line in 'HTTP/1.1 200 OK' '{"saved":2}' 'HTTP/1.1 401 Unauthorized' '{"code":"unauthorized"}' 'Postern-Duplicate: 1' \
        'HTTP/1.1 400 Bad Request' '1|How do you take it?|Black' '2|Again tomorrow?|yes' '-- rows: 2'; do
        echo "$output" | grep -qF -- "$line" || { echo "$output"; echo "try: misses: $line" >&2; exit 1; }
    done
    if echo "$output" | grep -qF -- '-- rows: 4'; then echo "try: an event ran twice" >&2; exit 1; fi
done
if pgrep -f 'postern-try-' >/dev/null; then echo "try: left something running" >&2; exit 1; fi
echo "try: as promised, twice"
