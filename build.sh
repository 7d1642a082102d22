#!/bin/sh
# Builds the program to deploy: one file that needs neither Swift nor libfcgi, SQLite, libcrypto or PCRE2 on its host,
# only the C library. The result is .build/deploy/postern.
set -eu
cd "$(dirname "$0")"

# Where the linker looks first, there are only the archives, so it takes them.
archives=.build/deploy/archives
rm -rf "$archives"
mkdir -p "$archives"
for library in fcgi sqlite3 crypto pcre2-8; do
    archive=$(cc -print-file-name=lib$library.a)
    [ -e "$archive" ] || { echo "build.sh: lib$library.a is missing; install its -dev package" >&2; exit 1; }
    ln -s "$archive" "$archives/"
done
ln -s "$(g++ -print-file-name=libstdc++.a)" "$archives/"

swift build -c release --product postern --static-swift-stdlib --disable-local-rpath \
    --scratch-path .build/deploy/swift \
    -Xlinker "-L$PWD/$archives" -Xlinker --exclude-libs -Xlinker ALL -Xlinker --gc-sections \
    -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
cp "$(swift build -c release --scratch-path .build/deploy/swift --show-bin-path)/postern" .build/deploy/postern
strip .build/deploy/postern
ls -l .build/deploy/postern
