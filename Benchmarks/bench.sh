#!/bin/sh
# Builds and runs the benchmarks, and prints Markdown: ratios within one run, memory, growth, and instruction counts.
#
#   Benchmarks/bench.sh document   the document against libyaml and jansson
#   Benchmarks/bench.sh peers      the same work by other tools, which this installs
#   Benchmarks/bench.sh schema     schemas against other validators, which this installs
set -eu
cd "$(dirname "$0")"

binary=.build/release/DocumentBenchmark
suites=$(realpath "${CFGMIGRATE_SUITES:-../../shared/suites}")

build() { for product in "$@"; do swift build -c release --product "$product" >&2; done; }

machine() {
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  echo "Measured $(date -u +%Y-%m-%d) on $(nproc) cores ($model), $(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p' | head -n 1);" \
    "load average at the start $(cut -d' ' -f1 /proc/loadavg)."
  echo
}

# Instructions do not depend on what else the machine does.
instructions() {
  echo
  echo "## Instructions"
  echo
  if ! command -v valgrind >/dev/null 2>&1; then
    echo "Not counted: valgrind is not installed (apt-get install valgrind)."
    return
  fi
  echo "On a tenth of the text, counted by callgrind, less what the process does without the work."
  echo
  nothing=$(count nothing)
  events=$(($(count events) - nothing))
  load=$(($(count json-load) - nothing))
  echo "| work | yardstick, millions | ours, millions | ratio |"
  echo "|---|---|---|---|"
  for work in parse render edit verify json-parse; do
    base=$events
    [ "$work" = json-parse ] && base=$load
    ours=$(($(count "$work") - nothing))
    awk -v name="$work" -v base="$base" -v ours="$ours" \
      'BEGIN { printf "| %s | %.1f | %.1f | %.3f |\n", name, base / 1e6, ours / 1e6, ours / base }'
  done
}

count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" 2>&1 >/dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

case "${1:-}" in
  document)
    build DocumentBenchmark
    machine
    "$binary"
    instructions
    ;;
  peers)
    build DocumentBenchmark EditFile
    peers/setup.sh
    machine
    .venv/bin/python peers/compare.py
    ;;
  schema)
    build SchemaBenchmark
    peers/schema/setup.sh
    machine
    cases=$(mktemp -d)
    trap 'rm -rf "$cases"' EXIT
    .build/release/SchemaBenchmark prepare "$suites" "$cases"
    .venv/bin/python peers/schema/compare.py .build/release/SchemaBenchmark "$cases"
    echo
    echo "### Drawing"
    echo
    .build/release/SchemaBenchmark draw
    ;;
  *)
    sed -n 's/^#   //p' "$0" >&2
    exit 2
    ;;
esac
