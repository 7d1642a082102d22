#!/bin/sh
# The program as it is deployed: one file of at most 25 MB that needs nothing but the C library.
set -eu
cd "$(dirname "$0")/.."

sh build.sh >/tmp/postern-deploy.$$ 2>&1 || { cat /tmp/postern-deploy.$$; exit 1; }
if grep -E '(warning|error):' /tmp/postern-deploy.$$; then
    echo "deploy: the build is to have no warnings" >&2
    exit 1
fi
rm -f /tmp/postern-deploy.$$
program=.build/deploy/postern
size=$(stat -c %s $program)
[ "$size" -le 26214400 ] || { echo "deploy: $size bytes are more than 25 MB" >&2; exit 1; }
others=$(ldd $program | grep -vE 'linux-vdso|libc\.so|libm\.so|ld-linux' || true)
[ -z "$others" ] || { echo "deploy: needs more than the C library:" "$others" >&2; exit 1; }
env -i $program --version
[ "$(env -i $program eval '1 + 2')" = 3 ] || { echo "deploy: cannot add" >&2; exit 1; }
echo "deploy: $size bytes, only the C library"
