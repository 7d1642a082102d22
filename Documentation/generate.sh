#!/bin/sh
# Writes XanoScript.md and Senders.md anew: prose from Reference/, filters, statements and senders from the program's
# tables, and the examples that the tests run.
set -eu
cd "$(dirname "$0")/.."
swift run xanoscript-reference
