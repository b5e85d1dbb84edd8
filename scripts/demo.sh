#!/bin/bash
# The main job on a scratch copy of a sample: review the upgrade of a job platform from 2.1 to 2.2, apply it, see that
# only the migration changed, and go back, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
swift build --product cfgmigrate
binaries=$(swift build --show-bin-path)
export PATH="$binaries:$PATH" CFGMIGRATE_PATH="$PWD/transformers"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -a samples/job-platform/2.1 "$scratch/config"
cp -a samples/job-platform/2.1 "$scratch/before"
cd "$scratch"

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

# git answers 1 for "they differ", which is no failure here.
differences() {
  printf '\n$ git diff --no-index --stat before config\n'
  git --no-pager diff --no-index --stat before config || [ $? -eq 1 ]
}

show cfgmigrate status config
show cfgmigrate plan config --to 2.2.0
show cfgmigrate diff config --to 2.2.0
show cfgmigrate apply config --to 2.2.0
# What belongs to cfgmigrate is no part of the comparison.
mv config/.cfgmigrate "$scratch/state"
differences
mv "$scratch/state" config/.cfgmigrate
show cfgmigrate validate config
show cfgmigrate history config
show cfgmigrate rollback config
show diff -r --exclude .cfgmigrate before config
printf '\nThe directory is what it was before, byte for byte.\n'
