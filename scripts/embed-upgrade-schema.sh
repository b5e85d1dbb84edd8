#!/bin/sh
# Writes schemas/upgrade/upgrade.schema.json into the source that carries it; a test compares the two.
set -eu
cd "$(dirname "$0")/.."
target=Sources/UpgradePipeline/Spec/UpgradeSchema+Text.swift
{
  echo 'extension UpgradeSchema {'
  echo '  /// schemas/upgrade/upgrade.schema.json, written here by scripts/embed-upgrade-schema.sh.'
  echo '  package static let text = #"""'
  sed 's/^/    /; s/^ *$//' schemas/upgrade/upgrade.schema.json
  echo '    """#'
  echo '}'
} > "$target"
