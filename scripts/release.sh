#!/bin/bash
# One static file with no dependency but the kernel, in .build-static/release. Prints its size and its start-up time.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
# The linker's warnings about calls of Foundation that the program does not make are left out.
{
  swift build -c release --scratch-path .build-static --product cfgmigrate \
    --static-swift-stdlib -Xswiftc -static-executable -Xlinker -s 2>&1
} | grep -v 'statically linked applications\|mktemp' || [ "${PIPESTATUS[0]}" -eq 0 ]

binary=.build-static/release/cfgmigrate
if ldd "$binary" >/dev/null 2>&1; then
  echo "error: $binary is not static" >&2
  ldd "$binary" >&2
  exit 1
fi

runs=50
"$binary" --version >/dev/null
started=$(date +%s%N)
for ((i = 0; i < runs; i++)); do "$binary" --version >/dev/null; done
ended=$(date +%s%N)
size=$(stat -c %s "$binary")
printf '%s: %d.%d MB, start-up %d.%02d ms (mean of %d runs)\n' "$binary" $((size / 1000000)) $((size / 100000 % 10)) \
  $(((ended - started) / runs / 1000000)) $(((ended - started) / runs / 10000 % 100)) "$runs"
