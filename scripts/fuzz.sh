#!/bin/sh
# Fuzzes the lossless document: scripts/fuzz.sh [SECONDS]. Seeds are the samples, and the public suites where they are there.
set -eu
cd "$(dirname "$0")/../Fuzzing"
seconds=${1:-60}
suites=${CFGMIGRATE_SUITES:-../../shared/suites}

swift build -c release --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address

seeds=.build/seeds
rm -rf "$seeds"
mkdir -p "$seeds" .build/findings
number=0
seed() {
  # The first byte chooses the format: 0 YAML, 2 JSON, 3 JSONC.
  number=$((number + 1))
  { printf "$1abc"; cat "$2"; } > "$seeds/$number"
}
for file in ../samples/job-platform/2.*/*.yaml ../samples/job-platform/2.*/*/*.yaml Corpus/*.yaml; do seed '\000' "$file"; done
for file in ../samples/job-platform/2.*/*/*.json; do seed '\002' "$file"; done
for file in Corpus/*.jsonc; do seed '\003' "$file"; done
if [ -d "$suites" ]; then
  for file in "$suites"/yaml-test-suite/data/*/in.yaml "$suites"/yaml-test-suite/data/*/0*/in.yaml; do seed '\000' "$file"; done
  for file in "$suites"/JSONTestSuite/test_parsing/y_*; do seed '\002' "$file"; done
else
  echo "no public suites at $suites: fuzzing from the samples alone" >&2
fi

# The crash handler of Swift's runtime would be reported in place of the crash.
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
  .build/release/DocumentFuzzer -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=4096 \
  -artifact_prefix=.build/findings/ "$seeds"
