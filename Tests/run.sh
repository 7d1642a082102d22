#!/bin/sh
# Installs what the tests need and runs all of them: modules, the whole program behind the real nginx and Apache,
# kill -9, full disks, the program as it is deployed, and the fuzzer for some seconds.
set -eu
cd "$(dirname "$0")/.."
. nginx/packages.sh

need_swift
need_packages $build_packages nginx-light apache2-bin libapache2-mod-fcgid curl sqlite3 python3 openssl
# A host has one mail program. Where that is another already, it stays, and the tests of mail by OpenSMTPD are left out.
if [ ! -e /usr/sbin/sendmail ]; then need_packages opensmtpd; fi

mkdir -p .build
echo "Building"
swift build --build-tests >.build/tests.log 2>&1 || { cat .build/tests.log; exit 1; }
if grep -E '(warning|error):' .build/tests.log; then
    echo "Tests/run.sh: the build is to have no warnings" >&2
    exit 1
fi
swift test --skip-build
sh Tests/deploy.sh
sh Tests/try.sh
sh Tests/fuzz.sh
