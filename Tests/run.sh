#!/bin/sh
# Installs what the tests need and runs all of them: modules, the whole program behind the real nginx and Apache,
# kill -9, full disks, and the program as it is deployed.
set -eu
cd "$(dirname "$0")/.."
. nginx/packages.sh

need_swift
need_packages $build_packages nginx-light apache2-bin libapache2-mod-fcgid curl sqlite3 python3

swift build --build-tests 2>&1 | tee .build/tests.log
if grep -E '(warning|error):' .build/tests.log; then
    echo "Tests/run.sh: the build is to have no warnings" >&2
    exit 1
fi
swift test --skip-build
sh Tests/deploy.sh
sh Tests/try.sh
