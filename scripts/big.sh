#!/bin/bash
# A set of 10,000 files and 1 GB in all: planned, applied, verified and rolled back, with the memory and time of each step.
# scripts/big.sh [FILES [KILOBYTES]] ; the binary is the release build, or $CFGMIGRATE. Fails where a step takes more than
# 200 MB and the largest file.
set -euo pipefail
cd "$(dirname "$0")/.."
files=${1:-10000}
kilobytes=${2:-100}
limit=$((200 * 1000 + kilobytes))

if [ -z "${CFGMIGRATE:-}" ]; then
  swift build -c release --product cfgmigrate
  CFGMIGRATE=$(swift build -c release --show-bin-path)/cfgmigrate
fi
export CFGMIGRATE_PATH="$PWD/transformers"

scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/cfgmigrate-big-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
mkdir config && printf 'product: kubernetes\nversion: "1.15"\n' > config/cfgmigrate.yaml
# Each file: a deployment of an API that is gone, and a configuration map with many keys.
awk -v files="$files" -v size=$((kilobytes * 1000)) 'BEGIN {
  for (f = 0; f < files; f++) {
    if (f % 100 == 0) { dir = sprintf("config/team-%03d", f / 100); system("mkdir " dir) }
    path = sprintf("%s/service-%05d.yaml", dir, f)
    text = sprintf("# Service %d.\napiVersion: extensions/v1beta1\nkind: Deployment\nmetadata:\n  name: s%d  # its name\nspec:\n  template:\n    metadata:\n      labels: {app: s%d}\n    spec:\n      containers:\n        - {name: main, image: \"registry/s%d:1\"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: s%d\nspec:\n", f, f, f, f, f)
    written = length(text)
    printf "%s", text > path
    for (k = 0; written < size; k++) {
      line = sprintf("  key_%06d: \"value %d of service %d\"  # %d\n", k, k * 7919, f, k)
      printf "%s", line > path
      written += length(line)
    }
    close(path)
  }
}'
printf '%s files, %s\n' "$(find config -name '*.yaml' | wc -l)" "$(du -sh --apparent-size config | cut -f1)"
cp -a config before

failed=0
measure() {
  local before after started
  started=$(date +%s)
  local status=0
  python3 - "$@" <<'PYTHON' > step || status=$?
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=open("said", "w")).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
PYTHON
  printf '%-40s %6s s %9s kB  exit %s\n' "${*:2}" "$(($(date +%s) - started))" "$(cat step)" "$status"
  [ "$status" -eq 0 ] || { tail -n 3 said; failed=1; }
  [ "$(cat step)" -le "$limit" ] || { printf '  more than %s kB\n' "$limit"; failed=1; }
}
measure "$CFGMIGRATE" plan config --to 1.16
measure "$CFGMIGRATE" apply config --to 1.16
measure "$CFGMIGRATE" backup verify config
measure "$CFGMIGRATE" history config --verify
measure "$CFGMIGRATE" rollback config
diff -r --exclude .cfgmigrate before config > /dev/null || { echo 'the rollback did not bring everything back'; failed=1; }
measure "$CFGMIGRATE" apply config --to 1.16 --exchange
measure "$CFGMIGRATE" backup prune config --keep 1
exit "$failed"
