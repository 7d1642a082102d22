#!/bin/sh
# Measures Postern side by side with programs in C that do the same, behind the same nginx, in turns, and prints the
# ratios. README.md says how to read them.
#
# sh Benchmarks/run.sh [ROUNDS [SECONDS]]     POSTERN=PROGRAM measures that one instead of building one
set -eu
cd "$(dirname "$0")/.."
. nginx/packages.sh
rounds=${1:-5}
seconds=${2:-2}

need_packages gcc libfcgi-dev libssl-dev libsqlite3-dev nginx-light wrk sqlite3
if [ -z "${POSTERN:-}" ]; then
    need_swift
    need_packages $build_packages
    sh build.sh >/dev/null
    POSTERN=$PWD/.build/deploy/postern
fi

work=$(mktemp -d /var/tmp/postern-benchmark.XXXXXX)
processes=
finish() {
    for process in $processes; do kill "$process" 2>/dev/null || true; done
    wait
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM
fail() {
    echo "Benchmarks/run.sh: $*" >&2
    tail -n 5 "$work"/*.log >&2 || true
    exit 1
}

chmod 755 "$work"
mkdir -p "$work/data" "$work/temporary"
chmod 700 "$work/data"
cp -R Benchmarks/workspace "$work/workspace"
chmod -R go-w "$work/workspace"
secret=It-is-a-secret-to-everybody
printf '%s\n' $secret >"$work/secret"
chmod 600 "$work/secret"
for program in verify-fastcgi record-cgi sign-events cold sync-rate; do
    cc -O2 -Wno-deprecated-declarations -o "$work/$program" Benchmarks/baseline/$program.c -lfcgi -lcrypto -lsqlite3 -lpthread
done

# A port that nobody listens on.
port=18400
while grep -q "0100007F:$(printf %04X $port) " /proc/net/tcp; do port=$((port + 1)); done
user=
[ "$(id -u)" != 0 ] || user="user root;"
sed -e "s|@work@|$work|g" -e "s|@port@|$port|g" -e "s|@user@|$user|" Benchmarks/nginx.conf >"$work/nginx.conf"

start() {
    log=$1
    shift
    "$@" >"$work/$log.log" 2>&1 &
    processes="$processes $!"
}
start baseline "$work/verify-fastcgi" "$work/baseline.sock" $secret 16
baseline=$!
# A kept connection holds one of its threads: two workers of nginx keep 64 each.
start baseline-kept "$work/verify-fastcgi" "$work/baseline-kept.sock" $secret 160
baseline_kept=$!
start postern "$POSTERN" serve --socket "$work/postern.sock" --mode 0666
postern=$!
start nginx nginx -c "$work/nginx.conf" -e "$work/nginx.log"
tries=0
while [ ! -S "$work/postern.sock" ] || [ ! -S "$work/baseline-kept.sock" ] || [ ! -s "$work/nginx.pid" ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail "something did not start"
    sleep 0.1
done

first=10000000
# Signs events that were never sent before: each is kept once only.
sign() {
    "$work/sign-events" Benchmarks/event.json $secret $first "$1" >"$work/events"
    first=$((first + $1))
}

# Processor time of a process so far, in hundredths of a second.
processor_time() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# measure SERVER once|kept CONNECTIONS forged|signed: one line for the table, unless it is a rehearsal.
measure() {
    if [ "$4" = signed ]; then
        sign $((seconds * 60000))
        export EVENTS="$work/events"
    else
        unset EVENTS
    fi
    case $1/$2 in
    postern/*) process=$postern ;;
    */once) process=$baseline ;;
    *) process=$baseline_kept ;;
    esac
    before=$(processor_time $process)
    result=$(TEMPLATE=Benchmarks/event.json wrk -t2 -c"$3" -d"${seconds}s" -s Benchmarks/events.lua \
        "http://127.0.0.1:$port/$1/$2" | grep '^RESULT') || fail "wrk failed at $*"
    set -- "$@" $result
    # RESULT, requests a second, answers that were no success, broken connections, requests.
    [ "$8" = 0 ] || fail "$8 broken connections at $1 $2 $3 $4"
    case $4 in
    signed)
        [ "$7" = 0 ] || fail "$7 signed events were refused by $1"
        [ "$1" != postern ] || echo "$9" >>"$work/acknowledged"
        ;;
    forged) [ "$7" = "$9" ] || fail "$1 let $(($9 - $7)) forged events pass" ;;
    esac
    echo "$round $1 $2 $3 $4 $6 $(processor_time $process) $before $seconds" |
        awk '{ print $1, $2, $3, $4, $5, $6, ($7 - $8) * 10000 / ($6 * $9) }' >>"$work/results"
}

echo "Each figure: the median of $rounds rounds of $seconds s. $(nproc) processors; fdatasync: $("$work/sync-rate" "$work/sync")/s."
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    for way in once kept; do
        for connections in 16 64; do
            for events in forged signed; do
                for server in baseline postern; do
                    measure $server $way $connections $events
                done
            done
        done
    done
done
awk -f Benchmarks/table.awk "$work/results"

high_water() { awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
echo
echo "Resident memory at peak: Postern $(high_water $postern) MB, C $(high_water $baseline) MB"
acknowledged=$(awk '{ sum += $1 } END { print sum }' "$work/acknowledged")
kept=$(sqlite3 "$work/data/postern.sqlite" 'SELECT count(*) FROM postern_event')
records=$(sqlite3 "$work/data/postern.sqlite" 'SELECT count(*) FROM issue')
# The client ends while some are under way: these are kept and not counted as acknowledged.
[ "$kept" -ge "$acknowledged" ] && [ "$kept" = "$records" ] ||
    fail "$acknowledged events were acknowledged, $kept kept, with $records records"
echo "Events acknowledged: $acknowledged; kept, each with its record: $kept"

cold=$((rounds * 100))
sign $((cold * 2))
export BASELINE_SECRET=$secret BASELINE_DATABASE="$work/data/baseline.sqlite"
export POSTERN_VERIFY=github POSTERN_SECRET="file:$work/secret" POSTERN_WORKSPACE="$work/workspace"
export POSTERN_DATABASE="$work/data/cgi.sqlite"
"$work/cold" Benchmarks/event.json "$work/events" $cold "$work/record-cgi" "$POSTERN" >"$work/cold.txt" ||
    fail "CGI failed"
awk 'NR == 1 { c = $1; c90 = $2; time = $3 } NR == 2 {
    print "CGI, one process an event, durable, from start to exit"
    printf "C %.2f ms, Postern %.2f ms: %.2f times; at the 90th percentile %.2f times\n",
        c / 1000, $1 / 1000, $1 / c, $2 / c90
    printf "processor time: C %.2f ms, Postern %.2f ms: %.2f times\n", time / 1000, $3 / 1000, $3 / time
}' "$work/cold.txt"
