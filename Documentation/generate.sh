#!/bin/sh
# Writes XanoScript.md anew: prose from Reference/, filters and statements from the program's tables, and the examples
# that the tests run.
set -eu
cd "$(dirname "$0")/.."
swift run xanoscript-reference
