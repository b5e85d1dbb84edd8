#!/bin/bash
# The upgrade of samples/upgrade on a scratch copy, with no server: plan, check, rehearse, run, status, report, history of the database.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
swift build --product cfgmigrate
swift build --product cfgmigrate-upgrade
binaries=$(swift build --show-bin-path)
export PATH="$binaries:$PATH" CFGMIGRATE_PATH="$PWD/transformers"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -a samples/upgrade/. "$scratch"
cp -a samples/job-platform/2.1 "$scratch/config"
cd "$scratch"

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

show cfgmigrate upgrade plan
show cfgmigrate upgrade check
show cfgmigrate upgrade rehearse
show cfgmigrate upgrade run --now demonstration
show cfgmigrate upgrade status
show cfgmigrate upgrade report
show cfgmigrate upgrade data history
