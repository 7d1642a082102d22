#!/bin/sh
# Writes XanoScript.md, Senders.md and Doctor.md anew: prose from Reference/, filters, statements, senders and mistakes
# from the program's tables, and the examples that the tests run.
set -eu
cd "$(dirname "$0")/.."
swift run xanoscript-reference
