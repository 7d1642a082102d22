#!/bin/sh
# Official SDKs of senders against Postern, behind a real nginx and a real Apache (FastCGI and CGI): what an SDK signs is let
# in, and refused once it is changed; what `postern sign` makes the SDK verifies, and not once it is changed.
#
#     sh Tests/sdks.sh [SENDER …]
#
# Installs the SDKs from the Python package index into a folder below .build; Tests/run.sh does without all this.
set -eu
cd "$(dirname "$0")/.."
. nginx/packages.sh

need_swift
need_packages $build_packages nginx-light apache2-bin python3
python3 -c 'import ensurepip' 2>/dev/null || need_packages python3-venv

environment=.build/sdks
if ! cmp -s Tests/SDKs/requirements.txt $environment/requirements.txt; then
    echo "Installing the SDKs"
    rm -rf $environment
    mkdir -p .build
    python3 -m venv $environment
    $environment/bin/pip install --quiet --disable-pip-version-check -r Tests/SDKs/requirements.txt
    cp Tests/SDKs/requirements.txt $environment/requirements.txt
fi
echo "Building"
swift build --product postern >.build/sdks.log 2>&1 || { cat .build/sdks.log; exit 1; }
exec $environment/bin/python -B Tests/SDKs/main.py "$(swift build --show-bin-path)/postern" "$@"
